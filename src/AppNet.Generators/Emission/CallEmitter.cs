using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the expressions that overloads and stubs have in common: the call of the runtime.</summary>
internal static class CallEmitter
{
    /// <summary>Returns the call that runs a function on a peer.</summary>
    /// <param name="function">The function.</param>
    /// <param name="peer">The expression for the peer.</param>
    /// <param name="token">The expression for the token.</param>
    /// <returns>An expression of the type that <see cref="ReturnType"/> returns.</returns>
    public static string Call(FunctionModel function, string peer, string token)
    {
        if (function.Result is { Item: { } item })
        {
            return $"global::AppNet.Calls.GeneratedCall.StreamAsync<{function.ArgumentsType}, {item}>("
                + $"{function.Definition}, {ArgumentsEmitter.Tuple(function.Carried)}, {peer}, {token})";
        }

        string call = $"global::AppNet.Calls.GeneratedCall.InvokeAsync<{function.ArgumentsType}, {function.ResultType}>("
            + $"{function.Definition}, {ArgumentsEmitter.Tuple(function.Carried)}, {peer}, {token})";
        return Returned(function, call);
    }

    /// <summary>Returns the call that a proxy makes.</summary>
    /// <param name="function">The function.</param>
    /// <param name="caller">The expression for where the proxy's calls go.</param>
    /// <returns>An expression of the type that <see cref="ReturnType"/> returns.</returns>
    public static string ProxyCall(FunctionModel function, string caller)
    {
        string token = function.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Token)?.Identifier ?? "default";
        if (function.Result is { Kind: ResultKind.Direct, Value: null })
        {
            return $"{caller}.Run<{function.ArgumentsType}>("
                + $"{function.DefinitionClass}.Instance, {ArgumentsEmitter.Tuple(function.Carried)}, {token})";
        }

        return Returned(
            function,
            $"{caller}.InvokeAsync<{function.ArgumentsType}, {function.ResultType}>("
            + $"{function.DefinitionClass}.Instance, {ArgumentsEmitter.Tuple(function.Carried)}, {token})");
    }

    /// <summary>Returns the type that a call of the function on a peer returns.</summary>
    /// <param name="function">The function.</param>
    /// <returns>The type.</returns>
    public static string ReturnType(FunctionModel function)
    {
        if (function.Result is { Item: not null, Value: { } stream })
        {
            return stream.Type;
        }

        string task = function.Result.Kind == ResultKind.ValueTask ? "ValueTask" : "Task";
        string argument = function.Result.Value is { } value ? $"<{value.Type}>" : string.Empty;
        return $"global::System.Threading.Tasks.{task}{argument}";
    }

    private static string Returned(FunctionModel function, string call) =>
        function.Result.Kind == ResultKind.ValueTask ? $"new {ReturnType(function)}({call})" : call;
}
