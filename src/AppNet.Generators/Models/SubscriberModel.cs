namespace AppNet.Generators.Models;

/// <summary>One method with <c>[Subscribe]</c> that has no fault.</summary>
/// <param name="Handler">The method, as a function whose result is dropped; its definition's class is unique in the assembly.</param>
/// <param name="Subscriptions">Its attributes.</param>
internal sealed record SubscriberModel(FunctionModel Handler, EquatableArray<SubscriptionModel> Subscriptions);
