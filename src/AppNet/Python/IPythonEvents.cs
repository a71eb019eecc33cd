using AppNet.Python.Wires;

namespace AppNet.Python;

/// <summary>Where the events of Python peers go and come from. Safe for use from many threads.</summary>
internal interface IPythonEvents
{
    /// <summary>Subscribes a Python peer to an event of this one. One that is subscribed so already stays so, once.</summary>
    /// <param name="subscription">What it asks for.</param>
    /// <param name="family">The wire.</param>
    /// <returns>A task that ends when every later event is delivered.</returns>
    /// <exception cref="NetException">It can't be.</exception>
    Task SubscribeAsync(SubscriptionRequest subscription, PythonFamily family);

    /// <summary>Takes an event that a Python peer delivers, if the request is one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="family">The wire.</param>
    /// <returns>Whether it is.</returns>
    bool TryDeliver(PythonRequest request, PythonFamily family);
}
