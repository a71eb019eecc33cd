using System.Globalization;
using AppNet.TestKit;
using Xunit;

namespace AppNet.Snippets.Tests;

/// <summary>The program that README begins with, started twice.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task The_program_of_the_readme_calls_the_one_that_was_started_before_it()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        var folder = Directory.CreateTempSubdirectory("appnet-").FullName;
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["NET_RUNTIME_DIR"] = folder,
            ["NET_PORT_START"] = (32_000 + (Environment.ProcessId % 70 * 10)).ToString(CultureInfo.InvariantCulture),
        };
        await using (var first = ChildProcess.StartAssembly(typeof(Calc).Assembly.Location, [], variables))
        {
            await first.WaitForLineAsync(line => line == "50", limit.Token);
            while (Directory.GetFiles(folder, "*.json").Length == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
            }

            await using var second = ChildProcess.StartAssembly(typeof(Calc).Assembly.Location, [], variables);
            var lines = 0;
            await second.WaitForLineAsync(line => line == "50" && ++lines == 2, limit.Token);
            foreach (var process in (ChildProcess[])[second, first])
            {
                await process.SignalAsync("INT", limit.Token);
                Assert.Equal(0, await process.WaitForExitAsync(limit.Token));
            }

            Assert.Equal(["50"], first.Output);
            Assert.Equal(["50", "50"], second.Output);
        }

        Directory.Delete(folder, recursive: true);
    }
}
