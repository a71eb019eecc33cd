using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AppNet.Micro;

/// <summary>
/// How everything is measured: in this process, as a project that the tool would make has none of the repository's settings; with what
/// is allocated.
/// </summary>
internal sealed class MicroConfig : ManualConfig
{
    /// <summary>The option for few and short iterations.</summary>
    public const string QuickOption = "--quick";

    /// <summary>Initializes a new instance of the <see cref="MicroConfig"/> class.</summary>
    /// <param name="isQuick">Whether few and short iterations will do.</param>
    public MicroConfig(bool isQuick)
    {
        Add(DefaultConfig.Instance);
        AddJob((isQuick ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}
