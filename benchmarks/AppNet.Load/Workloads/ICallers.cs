using AppNet.Load.Measuring;
using AppNet.Load.Systems;

namespace AppNet.Load.Workloads;

/// <summary>Those who call over one link: each makes its next call when the last one is answered.</summary>
internal interface ICallers
{
    /// <summary>Calls until the meter has stopped.</summary>
    /// <param name="client">The link.</param>
    /// <param name="meter">Takes each call.</param>
    /// <returns>A task that ends when every call is answered, or fails with the first that went wrong.</returns>
    Task RunAsync(IWorkloadClient client, CallMeter meter);
}
