using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a library of 64-bit Linux. If it asks for versions of libstdc++ that this system's does not have, and no relocation uses a
/// symbol of theirs, the copy asks for them as "weak" (VER_FLG_WEAK in .gnu.version_r): the loader then goes on without them.
/// Where the library needs nothing of the kind, or needs what is missing, the copy is the same as the source.
/// A library that is damaged, such as one that was not downloaded whole, is an error and no copy.
/// </summary>
public sealed class MakeLoadable : Task
{
    private const string Runtime = "libstdc++.so.6";
    private const ushort Weak = 2;
    private const uint DynamicSymbols = 11;
    private const uint RelocationsWithAddends = 4;
    private const uint SymbolVersions = 0x6fffffff;
    private const uint NeededVersions = 0x6ffffffe;

    private static readonly string[] Folders =
        { "/lib", "/usr/lib", "/lib64", "/usr/lib64", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu" };

    public string Source { get; set; }

    public string Destination { get; set; }

    /// <summary>For any system: whatever is asked for without being used becomes weak.</summary>
    public bool Everywhere { get; set; }

    public override bool Execute()
    {
        var library = File.ReadAllBytes(Source);
        var system = Folders.Select(f => Path.Combine(f, Runtime)).FirstOrDefault(File.Exists);
        try
        {
            if ((system != null || Everywhere) && library.Length > 64 && library[0] == 0x7f && library[4] == 2 && library[5] == 1)
                Weaken(library, Everywhere ? "" : Encoding.ASCII.GetString(File.ReadAllBytes(system)));
        }
        catch (InvalidDataException fault)
        {
            Log.LogError("{0} is damaged: {1} Delete the folder of its package and restore it anew.", Source, fault.Message);
            return false;
        }

        // Beside the destination, then in its place: whatever the old one is linked to stays as it is.
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        var written = Destination + ".new";
        File.WriteAllBytes(written, library);
        File.Delete(Destination);
        File.Move(written, Destination);
        return true;
    }

    private void Weaken(byte[] library, string system)
    {
        var sections = Sections(library);
        var needed = sections.FirstOrDefault(s => s.Type == NeededVersions);
        if (needed == null)
            return;
        var used = UsedVersions(library, sections);
        var names = Linked(sections, needed);
        // Verneed: version, count (2 bytes each), file, first entry, next (4 each). Vernaux: hash (4), flags, index (2 each), name, next (4 each).
        for (long file = needed.Offset, step = -1; step != 0; file += step)
        {
            step = U32(library, file + 12);
            if (Text(library, names.Offset + U32(library, file + 4)) != Runtime)
                continue;
            long entry = file + U32(library, file + 8);
            for (var left = U16(library, file + 2); left > 0; left--, entry += U32(library, entry + 12))
            {
                var version = Text(library, names.Offset + U32(library, entry + 8));
                if (system.Contains("\0" + version + "\0"))
                    continue;
                if (used.Contains((ushort)(U16(library, entry + 6) & 0x7fff)))
                {
                    if (Everywhere)
                        continue;
                    Log.LogWarning("{0} needs {1} of {2}, which this system's does not have: programs with it will not start here.", Path.GetFileName(Source), version, Runtime);
                    continue;
                }

                BitConverter.GetBytes((ushort)(U16(library, entry + 4) | Weak)).CopyTo(library, (int)entry + 4);
                Log.LogMessage(MessageImportance.Normal, "{0} asks for {1} of {2} without using it; its copy here does not insist.", Path.GetFileName(Source), version, Runtime);
            }
        }
    }

    // The versions of the symbols that relocations refer to.
    private static HashSet<ushort> UsedVersions(byte[] library, List<Section> sections)
    {
        var versions = sections.FirstOrDefault(s => s.Type == SymbolVersions)
            ?? throw new InvalidDataException("it has versions that it needs, but no table of the versions of its symbols.");
        var used = new HashSet<ushort>();
        foreach (var relocations in sections.Where(s => s.Type == RelocationsWithAddends && Linked(sections, s).Type == DynamicSymbols))
        {
            for (var place = relocations.Offset; place < relocations.Offset + relocations.Size; place += 24)
                used.Add((ushort)(U16(library, versions.Offset + 2L * U32(library, place + 12)) & 0x7fff));
        }

        return used;
    }

    private static List<Section> Sections(byte[] library)
    {
        var table = I64(library, 40);
        int size = U16(library, 58), count = U16(library, 60);
        Place(library, table, size * count);
        return Enumerable.Range(0, count).Select(i => table + (long)i * size).Select(at => new Section
        {
            Type = U32(library, at + 4),
            Offset = I64(library, at + 24),
            Size = I64(library, at + 32),
            Link = U32(library, at + 40),
        }).ToList();
    }

    private static Section Linked(List<Section> sections, Section section) => section.Link < sections.Count
        ? sections[(int)section.Link]
        : throw new InvalidDataException($"a section of it is linked to section {section.Link} of {sections.Count}.");

    private static ushort U16(byte[] bytes, long at) => BitConverter.ToUInt16(bytes, Place(bytes, at, 2));

    private static uint U32(byte[] bytes, long at) => BitConverter.ToUInt32(bytes, Place(bytes, at, 4));

    private static long I64(byte[] bytes, long at) => BitConverter.ToInt64(bytes, Place(bytes, at, 8));

    private static string Text(byte[] bytes, long at)
    {
        var start = Place(bytes, at, 1);
        var end = Array.IndexOf(bytes, (byte)0, start);
        return end < 0
            ? throw new InvalidDataException($"a name at byte {at} does not end within its {bytes.Length} bytes.")
            : Encoding.ASCII.GetString(bytes, start, end - start);
    }

    private static int Place(byte[] bytes, long at, int size) => at >= 0 && at <= bytes.Length - size
        ? (int)at
        : throw new InvalidDataException($"it refers to byte {at + size - 1}, and has {bytes.Length}.");

    private sealed class Section
    {
        public uint Type;
        public long Offset;
        public long Size;
        public uint Link;
    }
}
