namespace AppNet.Generators.Models;

/// <summary>The method that shapes what an event delivers.</summary>
/// <param name="Method">The method with its type, as source text.</param>
/// <param name="TakesArguments">Whether it takes one <c>EventArguments</c> instead of the event's parameters.</param>
internal sealed record HookModel(string Method, bool TakesArguments);
