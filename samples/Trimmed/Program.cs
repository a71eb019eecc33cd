using System.Text.Json;
using AppNet;
using Trimmed;

// Two peers in this process, which call each other as those of two processes do.
await using var other = new LocalPeer(new NetOptions { SerializerContexts = { ImagesJson.Default } });
await other.StartAsync();
await Net.StartAsync(options => options.SerializerContexts.Add(ImagesJson.Default));
Peer peer = Net.GetPeer(other.Id);

Console.WriteLine(await Images.Area(5, 10, peer: peer));
Image half = await Images.Halve(new Image(640, 480, "a.png"), peer: peer);
Console.WriteLine(JsonSerializer.Serialize(half, ImagesJson.Default.Image));
await Net.StopAsync();
