namespace AppNet.Snippets.Security;

public static class Inviting
{
    public static async Task Invite()
    {
        // <invite>
        Invitation invitation = await Net.InviteAsync();    // uses: 40, validFor: TimeSpan.FromHours(8) for a room full of machines
        Console.WriteLine(invitation.Text);                 // appnet-AQ...
        // </invite>
    }

    public static async Task Join(string line)
    {
        // <join>
        await Net.JoinAsync(line);
        // </join>
    }
}

public static class Guarding
{
    // <groups>
    [Connect(Groups = ["ops"])]
    public static void Restart() => Console.WriteLine("restarting");
    // </groups>

    public static async Task Start()
    {
        // <authorize>
        await Net.StartAsync(options =>
        {
            options.Authorize = (call, connection) => connection.Tag != "Restart" || call.Caller!.Id.Group == "ops";
            options.HidesFunctions = true;      // who may not call a function is told that there is none, also by `connections`
        });
        // </authorize>
    }
}
