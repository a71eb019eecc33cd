namespace AppNet.Generators.Models;

/// <summary>One event that has no fault.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="ClassName">The name of the class that describes it, unique in the type that declares it.</param>
/// <param name="WhenFull">The expression for what happens when a subscriber's queue is full.</param>
/// <param name="Hook">What shapes the arguments, or null.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Result">The result.</param>
internal sealed record EventModel(
    string Name,
    string ClassName,
    string WhenFull,
    HookModel? Hook,
    EquatableArray<ParameterModel> Parameters,
    ResultModel Result);
