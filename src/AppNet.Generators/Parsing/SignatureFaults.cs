using System.Globalization;
using System.Text;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Faults of the tag, the parameters and the result.</summary>
internal static class SignatureFaults
{
    /// <summary>Examines tag, parameters and result.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> Of(Subject subject) =>
        OfTag(subject)
            .Concat(subject.Method.Parameters.SelectMany(parameter => OfParameter(subject, parameter)))
            .Concat(OfResult(subject));

    private static IEnumerable<DiagnosticModel> OfTag(Subject subject)
    {
        int bytes = Encoding.UTF8.GetByteCount(subject.Tag);
        if (bytes is 0 or > Diagnostics.MaximumTagBytes)
        {
            yield return subject.Fault(Diagnostics.BadTag, bytes.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<DiagnosticModel> OfParameter(Subject subject, IParameterSymbol parameter)
    {
        string name = $"the parameter '{parameter.Name}'";
        ParameterKind kind = subject.KindOf(parameter);
        if (string.Equals(parameter.Name, "peer", StringComparison.Ordinal) && kind != ParameterKind.Peer)
        {
            yield return subject.Fault(parameter, Diagnostics.ParameterNamedPeer);
        }
        else if (parameter.RefKind != RefKind.None)
        {
            yield return subject.Fault(parameter, Diagnostics.ByReference, name, "passed by reference");
        }
        else if (Carriage.Pointing(parameter.Type) is { } pointing)
        {
            yield return subject.Fault(parameter, Diagnostics.ByReference, name, pointing);
        }
        else if (kind == ParameterKind.Value && Carriage.NotCarried(parameter.Type) is { } type)
        {
            yield return subject.Fault(parameter, Diagnostics.NotCarried, name, type.ToDisplayString());
        }
    }

    private static IEnumerable<DiagnosticModel> OfResult(Subject subject)
    {
        IMethodSymbol method = subject.Method;
        if ((method.PartialImplementationPart ?? method).IsAsync && method.ReturnsVoid)
        {
            yield return subject.Fault(Diagnostics.AsyncVoid);
        }

        ITypeSymbol? value = ResultParser.ValueOf(method);
        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            yield return subject.Fault(Diagnostics.ByReference, "its result", "returned by reference");
        }
        else if (value is not null && Carriage.Pointing(value) is { } pointing)
        {
            yield return subject.Fault(Diagnostics.ByReference, "its result", pointing);
        }
        else if (value is not null && Carriage.NotCarried(value) is { } type)
        {
            yield return subject.Fault(Diagnostics.NotCarried, "its result", type.ToDisplayString());
        }
    }
}
