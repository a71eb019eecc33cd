using System.Globalization;
using System.Text;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Faults of the tag, the parameters and the result.</summary>
internal static class SignatureFaults
{
    /// <summary>Examines tag, parameters and result of a connected function.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> Of(Subject subject) =>
        OfName(subject, subject.Tag, Diagnostics.BadTag, Diagnostics.MaximumTagBytes)
            .Concat(OfParameters(subject))
            .Concat(OfAsyncVoid(subject))
            .Concat(OfResult(subject));

    /// <summary>Examines tag, parameters and result of a method of a contract.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> OfContract(Subject subject) =>
        OfName(subject, subject.Tag, Diagnostics.BadTag, Diagnostics.MaximumTagBytes)
            .Concat(OfParameters(subject))
            .Concat(OfResult(subject));

    /// <summary>Examines how long the tag or the name is.</summary>
    /// <param name="subject">The method.</param>
    /// <param name="name">The tag or the name.</param>
    /// <param name="descriptor">The fault of a name that is empty or too long.</param>
    /// <param name="maximum">The most bytes of UTF-8.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> OfName(Subject subject, string name, DiagnosticDescriptor descriptor, int maximum)
    {
        int bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes == 0 || bytes > maximum)
        {
            yield return subject.Fault(descriptor, bytes.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Examines whether the parameters can travel.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> OfParameters(Subject subject) =>
        subject.Method.Parameters.SelectMany(parameter => OfParameter(subject, parameter));

    /// <summary>Examines whether anybody can wait for the method's end.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> OfAsyncVoid(Subject subject)
    {
        if ((subject.Method.PartialImplementationPart ?? subject.Method).IsAsync && subject.Method.ReturnsVoid)
        {
            yield return subject.Fault(Diagnostics.AsyncVoid);
        }
    }

    private static IEnumerable<DiagnosticModel> OfParameter(Subject subject, IParameterSymbol parameter)
    {
        string name = $"the parameter '{parameter.Name}'";
        ParameterKind kind = subject.KindOf(parameter);
        if (subject.IsConnected && string.Equals(parameter.Name, "peer", StringComparison.Ordinal) && kind != ParameterKind.Peer)
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
        else if (kind == ParameterKind.Value && subject.Role.TakesCallbacks() && Callbacks.Is(parameter.Type))
        {
            if (Callbacks.Fault(parameter.Type) is { } fault)
            {
                yield return subject.Fault(parameter, Diagnostics.CallbackShape, name, fault);
            }
        }
        else if (kind == ParameterKind.Value && NotCarried(subject, parameter) is { } type)
        {
            yield return subject.Fault(parameter, Diagnostics.NotCarried, name, type.ToDisplayString());
        }
    }

    // Events and their handlers carry values only.
    private static ITypeSymbol? NotCarried(Subject subject, IParameterSymbol parameter) => subject.IsConnected
        ? Streams.NotCarried(parameter.Type, isResult: false)
        : Carriage.NotCarried(parameter.Type);

    // The proxy of a contract awaits its results; it does not read streams.
    private static ITypeSymbol? NotCarried(Subject subject, ITypeSymbol result) => subject.Role == Role.Contract
        ? Carriage.NotCarried(result)
        : Streams.NotCarried(result, isResult: true);

    private static IEnumerable<DiagnosticModel> OfResult(Subject subject)
    {
        IMethodSymbol method = subject.Method;
        ITypeSymbol? value = ResultParser.ValueOf(method);
        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            yield return subject.Fault(Diagnostics.ByReference, "its result", "returned by reference");
        }
        else if (value is not null && Carriage.Pointing(value) is { } pointing)
        {
            yield return subject.Fault(Diagnostics.ByReference, "its result", pointing);
        }
        else if (value is not null && NotCarried(subject, value) is { } type)
        {
            yield return subject.Fault(Diagnostics.NotCarried, "its result", type.ToDisplayString());
        }
    }
}
