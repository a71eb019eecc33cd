using AppNet.Micro;
using BenchmarkDotNet.Running;

// All benchmarks, unless --filter names some. --quick measures for seconds rather than minutes: good for a first look only.
string[] arguments = args.Contains("--filter", StringComparer.Ordinal) ? args : [.. args, "--filter", "*"];
BenchmarkSwitcher.FromAssembly(typeof(MicroConfig).Assembly).Run(
    Array.FindAll(arguments, argument => argument != MicroConfig.QuickOption),
    new MicroConfig(arguments.Contains(MicroConfig.QuickOption, StringComparer.Ordinal)));
