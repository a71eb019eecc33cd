using System.Runtime.InteropServices;

namespace AppNet.Connections;

/// <summary>Where in a payload one argument lies.</summary>
/// <param name="Start">The index of its first byte.</param>
/// <param name="Length">Its length in bytes; 0 when the call left it out, as no JSON value is empty.</param>
/// <param name="Position">Which of the call's values it is, those by name counted behind those by position.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ArgumentSlice(int Start, int Length, int Position = 0);
