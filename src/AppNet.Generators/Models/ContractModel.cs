namespace AppNet.Generators.Models;

/// <summary>One interface with <c>[PeerContract]</c> that has no fault.</summary>
/// <param name="Container">The interface.</param>
/// <param name="Methods">Its methods and those it inherits; each one's container is the interface that declares it.</param>
internal sealed record ContractModel(ContainerModel Container, EquatableArray<FunctionModel> Methods)
{
    /// <summary>Gets the name of the class that describes it, unique in the assembly.</summary>
    public string ClassName => "Contract_of_" + Container.Key;
}
