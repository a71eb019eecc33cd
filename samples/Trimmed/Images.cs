using AppNet;

namespace Trimmed;

internal static class Images
{
    /// <summary>Simple types need nothing of the user's: their codecs are generated.</summary>
    [Connect]
    public static int Area(int width, int height = 1) => width * height;

    /// <summary>A record needs a <c>JsonSerializerContext</c>, as reflection is trimmed away.</summary>
    [Connect]
    public static Image Halve(Image image) => image with { Width = image.Width / 2, Height = image.Height / 2 };
}
