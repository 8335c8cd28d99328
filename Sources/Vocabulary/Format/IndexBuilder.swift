import Columnar

/// Makes an index of concepts and edges: the one way, whether they come from files or from memory.
///
/// The parts are written as soon as they are known, so that what they were made of can be given up:
/// first the concepts, which everything else refers to by position, then the edges of mapping.
struct IndexBuilder {
  private var writer: IndexWriter
  /// The way from ids to positions, once the concepts are there.
  private(set) var ids = ConceptIDs(ascending: [])
  /// The number of concepts.
  private(set) var count = 0
  private var flags: [UInt8] = []
  private var lists: [[String]] = []
  private var hasNames = false

  init(_ writer: IndexWriter, fingerprint: UInt64 = 0, hashMask: UInt64 = .max) {
    self.writer = writer
    self.writer.header.fingerprint = fingerprint
    self.writer.header.hashMask = hashMask
  }

  /// What the files were, which is known when all of them are read.
  mutating func set(fingerprint: UInt64) { writer.header.fingerprint = fingerprint }

  /// Writes the concepts, given in ascending order of their ids.
  mutating func addConcepts(
    _ concepts: consuming ConceptTable, release: String?, workers: Int
  ) throws(FileError) {
    var table = concepts
    concepts = ConceptTable()
    count = table.count
    ids = ConceptIDs(ascending: table.ids)
    writer.header.conceptCount = count
    lists = [
      [release ?? ""], table.vocabularyNames.names, table.domainNames.names, table.classNames.names,
    ]
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
    try add(table.names, .nameStarts, .nameBytes)
    table.names = TextArray()
    flags = table.flags
    try addCodes(
      CodeTable(
        codes: table.codes, vocabularies: table.vocabularies, flags: flags,
        mask: writer.header.hashMask, workers: workers), workers: workers)
    try add(table.codes, .codeStarts, .codeBytes)
  }

  /// Writes the way from codes to concepts, some parts of it at once.
  private mutating func addCodes(_ codes: CodeTable, workers: Int) throws(FileError) {
    writer.header.bucketBits = codes.bits
    var buckets: [UInt64] = []
    buckets.reserveCapacity((1 << (codes.bits - CodeBuckets.bits)) + 1)
    var total = 0
    try writer.begin(.codeEntries)
    for first in stride(from: 0, to: codes.partCount, by: workers * 4) {
      let numbers = first..<min(first + workers * 4, codes.partCount)
      let made = Guarded([CodeTable.Part](repeating: CodeTable.Part(), count: numbers.count))
      concurrently(numbers.count, workers: workers) { number in
        let part = codes.part(first + number)
        made.withLock { $0[number] = part }
      }
      for part in made.withLock({ $0 }) {
        for bucket in stride(from: 0, to: part.counts.count, by: 1 << CodeBuckets.bits) {
          let counts = part.counts[bucket..<bucket + (1 << CodeBuckets.bits)]
          buckets.append(CodeBuckets.word(counts, first: total))
          total += counts.reduce(0) { $0 + Int($1) }
        }
        try writer.append(part.entries)
      }
    }
    buckets.append(UInt64(total) << 32)
    try writer.add(.codeBuckets, buckets)
  }

  /// Writes the edges along which codes are mapped, between positions: the source in the high half.
  mutating func addMapping(
    mapsTo: [UInt64], mapsToValue: [UInt64], replacedBy: [UInt64], dangling: Int
  ) throws(FileError) {
    writer.header.danglingEdges = dangling
    let plain = Adjacency(sorted: IndexBuilder.sorted(mapsTo), count: count)
    let value = SparseAdjacency(sorted: IndexBuilder.sorted(mapsToValue))
    let replaced = SparseAdjacency(sorted: IndexBuilder.sorted(replacedBy))
    try writer.add(.mapsToStarts, plain.starts)
    try writer.add(.mapsToTargets, plain.targets)
    try add(value, [.valueSources, .valueStarts, .valueTargets])
    try add(replaced, [.replacedSources, .replacedStarts, .replacedTargets])
    var resolver = TargetResolver(flags: flags, mapsTo: plain, value: value, replaced: replaced)
    let standard = Adjacency(sorted: resolver.standardEdges(), count: count)
    try writer.add(.standardStarts, standard.starts)
    try writer.add(.standardTargets, standard.targets)
    let standardValue = SparseAdjacency(sorted: resolver.valueEdges())
    for source in standardValue.sources { flags[Int(source)] |= ConceptFlags.hasValue }
    try add(
      standardValue, [.standardValueSources, .standardValueStarts, .standardValueTargets])
    try writer.add(.flags, flags)
  }

  /// Writes which drugs contain which ingredients, between positions, and how much of it.
  mutating func addDrugs(
    ingredients: [UInt64], strengths: [ConceptStrength]
  ) throws(FileError) {
    writer.header.contents.insert(.drugs)
    let contained = SparseAdjacency(sorted: IndexBuilder.sorted(ingredients))
    try add(contained, [.ingredientSources, .ingredientStarts, .ingredientTargets])
    let strengths = strengths.sorted(by: ConceptStrength.precede)
    try writer.begin(.strengthIDs)
    for strength in strengths {
      try writer.append(strength.ids.map { UInt32(truncatingIfNeeded: $0) })
    }
    try writer.begin(.strengthValues)
    for strength in strengths { try writer.append(strength.values.map(\.bitPattern)) }
    try writer.begin(.strengthDetails)
    for strength in strengths { try writer.append(strength.details) }
  }

  /// Writes all edges, which are used up, and their kinds in ascending order.
  mutating func addRelationships(
    _ buckets: [[UInt64]], _ layout: EdgeBuckets.Layout, kinds: [RelationshipKinds.Kind],
    dangling: Int
  ) throws(FileError) {
    writer.header.contents.insert(.relationships)
    writer.header.danglingRows += dangling
    let names = Set(kinds.map(\.relationship)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    lists.append(names)
    try writer.add(.kindRelationships, kinds.map { UInt16(places[$0.relationship] ?? 0) })
    try writer.add(.kindStarts, kinds.map(\.validStart))
    try writer.add(.kindEnds, kinds.map(\.validEnd))
    try writer.add(.kindReasons, kinds.map { $0.invalidReason.utf8.first ?? 0 })
    try writer.add(.edgeStarts, starts(buckets, layout))
    try add(.edgeKinds, buckets) { UInt32(truncatingIfNeeded: layout.middle($0)) }
    try add(.edgeTargets, buckets) { UInt32(truncatingIfNeeded: layout.low($0)) }
  }

  /// Writes all ancestors.
  mutating func addAncestors(
    _ buckets: [[UInt64]], _ layout: EdgeBuckets.Layout, dangling: Int
  ) throws(FileError) {
    writer.header.contents.insert(.ancestors)
    writer.header.danglingRows += dangling
    try writer.add(.ancestorStarts, starts(buckets, layout))
    try add(.ancestorTargets, buckets) { UInt32(truncatingIfNeeded: layout.middle($0)) }
    try add(.ancestorLevels, buckets) { UInt16(truncatingIfNeeded: layout.low($0)) }
  }

  /// Writes synonyms, in the order of their concepts: for each the position in the high half and the
  /// language, and its text.
  mutating func addSynonyms(_ keys: [UInt64], _ texts: TextArray) throws(FileError) {
    writer.header.contents.insert(.synonyms)
    var starts = [UInt32](repeating: 0, count: count + 1)
    for key in keys { starts[Int(key >> 32) + 1] += 1 }
    for position in 0..<count { starts[position + 1] += starts[position] }
    try writer.add(.synonymStarts, starts)
    try writer.add(.synonymLanguages, keys.map { UInt32(truncatingIfNeeded: $0) })
    try add(texts, .synonymTextStarts, .synonymTextBytes)
  }

  /// Writes the words of names and synonyms.
  mutating func addText(_ tables: TextTables) throws(FileError) {
    writer.header.contents.insert(.text)
    try writer.add(.textTermStarts, tables.termStarts)
    try writer.add(.textTermBytes, tables.termBytes)
    try writer.add(.textTermDocuments, tables.termDocuments)
    try writer.add(.textPostingStarts, tables.postingStarts)
    try writer.add(.textPostingBytes, tables.postingBytes)
    try writer.add(.textDocumentLengths, tables.documentLengths)
    try writer.add(.textSynonymConcepts, tables.synonymConcepts)
  }

  /// Writes the rows of the small tables.
  mutating func addTables(_ tables: VocabularyTables) throws(FileError) {
    try writer.add(.tables, NameBlock.bytes(tables.lists))
  }

  /// Writes what suggestions learn from all other parts, which must be there.
  mutating func addSuggestions(workers: Int) throws {
    try addNames()
    let index = try writer.opened(before: .suggestionModel)
    try writer.add(.suggestionModel, try index.learntModel(workers: workers).bytes)
  }

  private mutating func addNames() throws(FileError) {
    guard !hasNames else { return }
    hasNames = true
    if lists.count == 4 { lists.append([]) }
    try writer.add(.names, NameBlock.bytes(lists))
  }

  /// Writes what remains, and makes the index appear.
  ///
  /// - Returns: the bytes of an index in memory, none of one in a file.
  mutating func finish() throws(FileError) -> [UInt8] {
    try addNames()
    try writer.finish()
    return writer.bytes
  }

  /// For each position the number of edges before its own, and the number of all.
  private func starts(_ buckets: [[UInt64]], _ layout: EdgeBuckets.Layout) -> [UInt32] {
    var starts = [UInt32](repeating: 0, count: count + 1)
    var counts = starts.mutableSpan
    for (number, bucket) in buckets.enumerated() {
      for edge in bucket { counts[layout.source(edge, bucket: number) + 1] += 1 }
    }
    for position in 0..<count { counts[position + 1] += counts[position] }
    return starts
  }

  /// Writes one value of each edge, bucket by bucket.
  private mutating func add<Value: FixedWidthInteger & BitwiseCopyable>(
    _ section: IndexSection, _ buckets: [[UInt64]], _ value: (UInt64) -> Value
  ) throws(FileError) {
    try writer.begin(section)
    for bucket in buckets { try writer.append(bucket.map(value)) }
  }

  private static func sorted(_ edges: [UInt64]) -> [UInt64] {
    var edges = edges
    RadixSort.sort(&edges)
    return edges
  }

  private mutating func add(
    _ texts: TextArray, _ starts: IndexSection, _ bytes: IndexSection
  ) throws(FileError) {
    try writer.add(starts, [0] + texts.ends)
    try writer.add(bytes, texts.bytes)
  }

  private mutating func add(
    _ edges: SparseAdjacency, _ sections: [IndexSection]
  ) throws(FileError) {
    try writer.add(sections[0], edges.sources)
    try writer.add(sections[1], edges.starts)
    try writer.add(sections[2], edges.targets)
  }
}
