using System.Collections.Immutable;
using AppNet.Generators.Analysis;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AppNet.Generators.Tests;

public sealed class PeerOrDefaultTests
{
    [Theory]
    [InlineData("Calc.Twice(4, peers.FirstOrDefault())", 1)]
    [InlineData("Calc.Twice(4, peer: peers.SingleOrDefault()!)", 1)]
    [InlineData("Calc.Twice(4, peer: await FindOrDefaultAsync())", 1)]
    [InlineData("Calc.Twice(4, peer: await FindOrDefaultAsync().ConfigureAwait(false))", 1)]
    [InlineData("Calc.Twice(4, peer: peers.FirstOrDefault() ?? throw new InvalidOperationException())", 0)]
    [InlineData("Calc.Twice(4, peer: peers.First())", 0)]
    [InlineData("Calc.Twice(new[] { 4 }.FirstOrDefault(), peer: peers.First())", 0)]
    public async Task A_peer_straight_from_an_or_default_is_warned_of(string call, int reports)
    {
        GeneratorRun run = GeneratorRun.Of(
            $$"""
            using AppNet;
            public static class Calc { [Connect] public static int Twice(int value) => 2 * value; }
            public static class Program
            {
                static Task<Peer?> FindOrDefaultAsync() => Task.FromResult<Peer?>(null);
                public static async Task<int> RunAsync(IEnumerable<Peer> peers) { await Task.Yield(); return await {{call}}; }
            }
            """);

        ImmutableArray<Diagnostic> diagnostics = await run.AnalyzeAsync(new PeerOrDefaultAnalyzer());

        Assert.Empty(run.CompilerErrors);
        Assert.Equal(reports, diagnostics.Length);
        Assert.All(diagnostics, diagnostic => Assert.Equal("APPNET0014", diagnostic.Id));
    }
}
