using AppNet;
using Headlines;

// A hub publishes what is typed, and peers print it. Nobody names anybody: they find each other.
switch (args)
{
    case []:
        await Show.RunAsync();
        return 0;
    case ["hub"]:
        await Hub.RunAsync();
        return 0;
    case ["listen"]:
        await ListenAsync(leave: default);
        return 0;
    case ["listen", "--until-input-ends"]:
        // The processes that are shown in one terminal.
        await ListenAsync(Show.EndOfInput());
        return 0;
    default:
        await Console.Error.WriteLineAsync("dotnet run --project samples/Subscription [-- hub | listen]");
        return 2;
}

static async Task ListenAsync(CancellationToken leave)
{
    await Net.StartAsync(cancellationToken: leave);
    Console.WriteLine($"{Net.Peer} listens to hubs that are there and to those that come, until Ctrl-C.");
    await Net.RunAsync(leave);
}
