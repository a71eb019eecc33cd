using System.Globalization;
using System.Text.RegularExpressions;
using AppNet.Links;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Wire;

/// <summary>docs/protocol.md, the numbers in its tables.</summary>
public sealed class ProtocolTablesTests
{
    [Fact]
    public void Section_2_2_lists_the_flags() =>
        Assert.Equal(NumbersOf<FrameFlags>(), ProtocolDocument.Numbers("### 2.2 Flags"));

    [Fact]
    public void Section_2_3_lists_the_header_fields() =>
        Assert.Equal(NumbersOf<FieldKind>(), ProtocolDocument.Numbers("### 2.3 Header fields"));

    [Fact]
    public void Section_3_lists_the_frame_types() =>
        Assert.Equal(NumbersOf<FrameType>(), ProtocolDocument.Numbers("## 3 Frame types"));

    [Fact]
    public void A_frame_type_is_spoken_or_reserved_and_not_both()
    {
        var spoken = ProtocolDocument.Numbers("## 3 Frame types").Select(type => type.Number).ToList();
        var reserved = ProtocolDocument.Numbers("### 3.1 Reserved types").Select(type => type.Number).ToList();

        Assert.NotEmpty(reserved);
        Assert.Empty(spoken.Intersect(reserved));
        Assert.Equal(reserved.Distinct(), reserved);
    }

    [Fact]
    public void Section_5_2_lists_the_codes_of_goodbye() =>
        Assert.Equal(NumbersOf<Goodbye>(), ProtocolDocument.Numbers("### 5.2 Goodbye"));

    [Fact]
    public void Section_7_2_lists_the_errors_and_what_they_say_about_the_function()
    {
        var rows = ProtocolDocument.Table("### 7.2 Error")
            .Select(row => (ProtocolDocument.ToNumber(row[0]), row[1], row[2]));

        Assert.Equal(
            Enum.GetValues<NetError>().Select(error => ((int)error, error.ToString(), Name(error.Outcome()))),
            rows);
    }

    [Fact]
    public void Section_8_lists_the_bounds()
    {
        var bounds = ProtocolDocument.Table("## 8 Limits and bounds")
            .ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);

        Assert.Equal(WireLimits.MaxTagBytes, ProtocolDocument.ToNumber(bounds["tag"]));
        Assert.Equal(WireLimits.MaxJsonDepth, ProtocolDocument.ToNumber(bounds["depth of JSON"]));
        Assert.Equal(WireLimits.MaxHandshakeFrame, ProtocolDocument.ToNumber(bounds["frame of the handshake"]));
        Assert.Equal(LinkLimits.Default.Frame, ProtocolDocument.ToNumber(bounds["frame"]));
        Assert.Equal(LinkLimits.Default.Calls, ProtocolDocument.ToNumber(bounds["unanswered calls"]));
        Assert.Equal(LinkLimits.Default.Tags, ProtocolDocument.ToNumber(bounds["numbered tags"]));
        Assert.Equal(FieldWriter.MaxTraceState, ProtocolDocument.ToNumber(bounds["trace state"]));
    }

    [Fact]
    public void Sections_that_the_code_cites_are_there()
    {
        var sources = Path.Combine(ProtocolDocument.Root, "src");
        var cited = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains("protocol.md", StringComparison.Ordinal))
            .SelectMany(line => Regex.Matches(line, @"(?:sections? |and )(?<number>\d+(?:\.\d+)?)"))
            .Select(match => match.Groups["number"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(cited);
        Assert.Empty(cited.Except(ProtocolDocument.Sections, StringComparer.Ordinal));
    }

    private static List<(int Number, string Name)> NumbersOf<T>()
        where T : struct, Enum =>
        [
            .. Enum.GetValues<T>()
                .Select(value => (Number: Convert.ToInt32(value, CultureInfo.InvariantCulture), Name: value.ToString()))
                .Where(value => value.Number != 0)
                .Order(),
        ];

    private static string Name(CallOutcome outcome) => outcome switch
    {
        CallOutcome.HasNotRun => "has not run",
        CallOutcome.HasRun => "has run",
        _ => "may have run",
    };
}
