using AppNet.Load;
using AppNet.Load.Processes;

// The two verbs are this program's own, for the processes it starts. They come before the command line is parsed, so
// that the time to a first call holds nothing of the parser.
return args switch
{
    ["server", .. var order] => await ServerProcess.RunAsync(ServerOrder.Parse(order)),
    ["client", .. var order] => await ClientProcess.RunAsync(ClientOrder.Parse(order)),
    _ => await LoadCommand.Create().Parse(args).InvokeAsync(),
};
