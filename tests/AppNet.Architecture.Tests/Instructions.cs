using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace AppNet.Architecture.Tests;

/// <summary>Reads method bodies (ECMA-335, partition III).</summary>
internal static class Instructions
{
    private const byte TwoBytePrefix = 0xfe;

    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value);

    /// <summary>Returns the tokens of types, methods and fields in a body.</summary>
    /// <param name="body">The bytes of the body.</param>
    /// <returns>The tokens, in order.</returns>
    /// <exception cref="InvalidDataException">The body holds an instruction that is not known.</exception>
    public static IEnumerable<int> Tokens(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var value = body[at] == TwoBytePrefix ? (ushort)((TwoBytePrefix << 8) | body[at + 1]) : body[at];
            if (!OpCodesByValue.TryGetValue(value, out var code))
            {
                throw new InvalidDataException($"Instruction 0x{value:x} at {at} is not known.");
            }

            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at));
            }

            at += OperandSize(code.OperandType, body, at);
        }
    }

    private static int OperandSize(OperandType operand, byte[] body, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at))),
        _ => 4,
    };
}
