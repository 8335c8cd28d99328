import Columnar

/// Makes an index of concepts and edges: the one way, whether they come from files or from memory.
struct IndexBuilder {
  var concepts = ConceptTable()
  /// Edges between concept ids: source in the high half, target in the low half.
  var mapsTo: [UInt64] = []
  var mapsToValue: [UInt64] = []
  var replacedBy: [UInt64] = []
  /// From a drug to an ingredient that it contains.
  var ingredients: [UInt64] = []
  var strengths: [ConceptStrength] = []
  var version: String?
  var fingerprint: UInt64 = 0
  var hashMask: UInt64 = .max
  /// Where the concepts come from, for complaints.
  var path: String?

  /// Writes all parts; the builder is used up, its columns are freed as they are written.
  consuming func write(to writer: inout IndexWriter) throws {
    let version = version ?? ""
    var table = try concepts.sorted(path: path)
    concepts = ConceptTable()
    let count = table.count
    let ids = ConceptIDs(ascending: table.ids)
    writer.header.conceptCount = count
    writer.header.fingerprint = fingerprint
    writer.header.hashMask = hashMask
    try writer.add(
      .names,
      NameBlock.bytes([
        [version], table.vocabularyNames.names, table.domainNames.names, table.classNames.names,
      ]))
    try writer.add(.conceptIDs, table.ids)
    try writer.add(.idPages, ids.pages)
    try writer.add(.idWords, ids.words)
    try writer.add(.idRanks, ids.ranks)
    try writer.add(.domains, table.domains)
    try writer.add(.vocabularies, table.vocabularies)
    var counts = [UInt32](repeating: 0, count: table.vocabularyNames.count)
    for vocabulary in table.vocabularies { counts[Int(vocabulary)] += 1 }
    try writer.add(.vocabularyCounts, counts)
    try writer.add(.classes, table.classes)
    try writer.add(.standardLetters, table.standardLetters)
    try writer.add(.invalidLetters, table.invalidLetters)
    try writer.add(.validStarts, table.validStarts)
    try writer.add(.validEnds, table.validEnds)
    try IndexBuilder.add(table.names, .nameStarts, .nameBytes, to: &writer)
    table.names = TextArray()
    var flags = table.flags
    let codes = CodeTable(
      codes: table.codes, vocabularies: table.vocabularies, flags: flags, mask: hashMask)
    writer.header.bucketBits = codes.bits
    try writer.add(.codeBuckets, codes.buckets)
    try writer.add(.codeEntries, codes.entries)
    try IndexBuilder.add(table.codes, .codeStarts, .codeBytes, to: &writer)
    table = ConceptTable()
    try writeEdges(ids, &flags, to: &writer)
    strengths.sort(by: ConceptStrength.precede)
    try writer.add(
      .strengthIDs, strengths.flatMap { $0.ids.map { UInt32(truncatingIfNeeded: $0) } })
    try writer.add(.strengthValues, strengths.flatMap { $0.values.map(\.bitPattern) })
    try writer.add(.flags, flags)
    try writer.finish()
  }

  private mutating func writeEdges(
    _ ids: ConceptIDs, _ flags: inout [UInt8], to writer: inout IndexWriter
  ) throws {
    let plain = Adjacency(sorted: positions(&mapsTo, ids, &writer), count: flags.count)
    let value = SparseAdjacency(sorted: positions(&mapsToValue, ids, &writer))
    let replaced = SparseAdjacency(sorted: positions(&replacedBy, ids, &writer))
    // The ancestors of a drug may be outside a reduced vocabulary without any harm.
    let dangling = writer.header.danglingEdges
    let contained = SparseAdjacency(sorted: positions(&ingredients, ids, &writer))
    writer.header.danglingEdges = dangling
    try IndexBuilder.add(
      contained, [.ingredientSources, .ingredientStarts, .ingredientTargets], to: &writer)
    try writer.add(.mapsToStarts, plain.starts)
    try writer.add(.mapsToTargets, plain.targets)
    try IndexBuilder.add(value, [.valueSources, .valueStarts, .valueTargets], to: &writer)
    try IndexBuilder.add(
      replaced, [.replacedSources, .replacedStarts, .replacedTargets], to: &writer)
    var resolver = TargetResolver(flags: flags, mapsTo: plain, value: value, replaced: replaced)
    let standard = Adjacency(sorted: resolver.standardEdges(), count: flags.count)
    try writer.add(.standardStarts, standard.starts)
    try writer.add(.standardTargets, standard.targets)
    let standardValue = SparseAdjacency(sorted: resolver.valueEdges())
    for source in standardValue.sources { flags[Int(source)] |= ConceptFlags.hasValue }
    try IndexBuilder.add(
      standardValue, [.standardValueSources, .standardValueStarts, .standardValueTargets],
      to: &writer)
  }

  /// The edges by positions, sorted; those that end outside the concepts are counted.
  private func positions(
    _ edges: inout [UInt64], _ ids: ConceptIDs, _ writer: inout IndexWriter
  ) -> [UInt64] {
    let pages = ids.pages.span
    let words = ids.words.span
    let ranks = ids.ranks.span
    var found: [UInt64] = []
    found.reserveCapacity(edges.count)
    for edge in edges {
      let source = ConceptIDs.position(of: Int64(edge >> 32), pages, words, ranks)
      let target = ConceptIDs.position(of: Int64(edge & 0xFFFF_FFFF), pages, words, ranks)
      if source >= 0 && target >= 0 { found.append(UInt64(source) << 32 | UInt64(target)) }
    }
    writer.header.danglingEdges += edges.count - found.count
    edges = []
    RadixSort.sort(&found)
    return found
  }

  private static func add(
    _ texts: TextArray, _ starts: IndexSection, _ bytes: IndexSection, to writer: inout IndexWriter
  ) throws {
    try writer.add(starts, [0] + texts.ends)
    try writer.add(bytes, texts.bytes)
  }

  private static func add(
    _ edges: SparseAdjacency, _ sections: [IndexSection], to writer: inout IndexWriter
  ) throws {
    try writer.add(sections[0], edges.sources)
    try writer.add(sections[1], edges.starts)
    try writer.add(sections[2], edges.targets)
  }
}
