namespace AppNet.Security;

/// <summary>The keys that a running peer has, with their certificates. They may be replaced while it runs. Safe for use from many threads.</summary>
internal sealed class Credentials
{
    private volatile State _state;

    /// <summary>Makes them.</summary>
    /// <param name="ring">The keys; null: none yet.</param>
    public Credentials(KeyRing? ring)
    {
        _state = State.Of(ring, before: null);
    }

    /// <summary>Gets the keys, or null.</summary>
    public KeyRing? Ring => _state.Ring;

    /// <summary>Gets whether other hosts may have the keys.</summary>
    public bool IsShared => _state.Ring is { IsShared: true };

    /// <summary>Gets the certificates, the newest key's first; none when there is no key.</summary>
    public IReadOnlyList<KeyCertificate> Certificates => _state.Certificates.Value;

    /// <summary>Puts other keys in their place: links that stand stay, later ones are proved by these.</summary>
    /// <param name="ring">The keys.</param>
    public void Replace(KeyRing ring) => _state = State.Of(ring, _state);

    /// <summary>Returns the form for logs.</summary>
    /// <returns>The generations.</returns>
    public override string ToString() => Ring?.ToString() ?? "no key";

    private sealed record State(KeyRing? Ring, Lazy<IReadOnlyList<KeyCertificate>> Certificates)
    {
        // A peer that stays on its host never makes a certificate.
        public static State Of(KeyRing? ring, State? before) => new(ring, new Lazy<IReadOnlyList<KeyCertificate>>(() => ring is null
            ? []
            : [.. ring.Keys.Select(key => Known(before, key) ?? new KeyCertificate(key))]));

        private static KeyCertificate? Known(State? before, NetworkKey key) =>
            before is { Certificates.IsValueCreated: true } ? before.Certificates.Value.FirstOrDefault(known => known.Key.Equals(key)) : null;
    }
}
