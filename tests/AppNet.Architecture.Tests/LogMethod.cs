using System.Reflection;
using Microsoft.Extensions.Logging;

namespace AppNet.Architecture.Tests;

/// <summary>A generated log method.</summary>
/// <param name="Method">The method.</param>
/// <param name="Attribute">What it logs.</param>
internal sealed record LogMethod(MethodInfo Method, LoggerMessageAttribute Attribute)
{
    /// <summary>Gets the event id.</summary>
    public int Id => Attribute.EventId;

    /// <summary>Gets the event's name: the method's, unless it says otherwise.</summary>
    public string EventName => Attribute.EventName ?? Method.Name;

    /// <summary>Gets the template of the message.</summary>
    public string Message => Attribute.Message;

    /// <summary>Gets the folder it is in.</summary>
    public string Folder => Layers.FolderOf(Method.DeclaringType!) ?? "(none)";

    /// <summary>Gets whether it stands where log methods stand: in the class Log of a folder's namespace.</summary>
    public bool IsInLogClass => Method.DeclaringType is { Name: "Log", IsNested: false, IsPublic: false, IsAbstract: true, IsSealed: true } log
        && log.Namespace == $"AppNet.{Folder}";

    /// <summary>Finds the log methods of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>The methods.</returns>
    public static IEnumerable<LogMethod> In(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        select new LogMethod(method, attribute);

    /// <summary>Returns what a message of a test shows.</summary>
    /// <returns>Type, method and id.</returns>
    public override string ToString() => $"{Method.DeclaringType}.{Method.Name} ({Id})";
}
