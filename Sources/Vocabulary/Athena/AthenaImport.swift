import Columnar

/// The way from the files of a download to the parts of an index: one file after the other, each given
/// up before the next.
struct AthenaImport {
  private let download: AthenaDownload
  private let contents: IndexContents
  private let local: LocalConcepts
  private let workers: Int
  private let blockByteCount: Int
  private let progress: @Sendable (String, Int) -> Void
  private let done = Guarded(0)
  /// The hashes of the files read so far.
  private var hashes: [AthenaDownload.File: UInt64] = [:]
  /// What is odd in the download, though an index can be made of it.
  var warnings: [String] = []

  init(
    download: AthenaDownload, contents: IndexContents, local: LocalConcepts, workers: Int,
    blockByteCount: Int,
    progress: @escaping @Sendable (String, Int) -> Void
  ) {
    self.download = download
    self.contents = contents
    self.local = local
    self.workers = workers
    self.blockByteCount = blockByteCount
    self.progress = progress
  }

  /// The path of a file, for complaints.
  func path(_ file: AthenaDownload.File) -> String? { download.path(file) }

  /// The path of the download.
  var folder: String { download.path }

  var isWhole: Bool { contents.contains(.relationships) }

  /// Reads all files that the contents ask for into a builder.
  mutating func fill(_ builder: inout IndexBuilder) throws {
    if isWhole { try checkFiles() }
    let tables = try readTables()
    let table = try readConcepts(tables)
    let readsAncestors = !contents.isDisjoint(with: [.drugs, .ancestors])
    let isIngredient = readsAncestors ? table.areIngredients : []
    let names = contents.contains(.text) ? table.names : TextArray()
    try builder.addConcepts(
      table, release: AthenaImport.release(tables.vocabularies), workers: workers)
    if isWhole {
      var all = tables
      local.add(to: &all)
      try builder.addTables(all)
    }
    try readRelationships(&builder, tables)
    var ingredients: [UInt64] = []
    if readsAncestors { ingredients = try readAncestors(&builder, isIngredient) }
    if contents.contains(.drugs) {
      let rows = try read(.strength, AthenaStrengths(isWhole: isWhole))
      checkRows(.strength, isEmpty: rows?.sinks.allSatisfy(\.strengths.isEmpty) ?? true)
      try builder.addDrugs(
        ingredients: ingredients, strengths: rows?.sinks.flatMap(\.strengths) ?? [])
    }
    var keys: [UInt64] = []
    var synonyms = TextArray()
    if contents.contains(.synonyms) {
      (keys, synonyms) = try readSynonyms(builder.ids)
      checkRows(.synonym, isEmpty: keys.isEmpty)
      try builder.addSynonyms(keys, synonyms)
    }
    if contents.contains(.text) {
      tell("listing the words of names and synonyms")
      let texts = TextList(
        names: names, synonyms: synonyms,
        synonymConcepts: keys.map { UInt32(truncatingIfNeeded: $0 >> 32) })
      try builder.addText(TextIndexBuilder.build(texts, workers: workers))
    }
    var fingerprint = AthenaDownload.noFiles
    for file in AthenaDownload.File.allCases {
      guard let hash = hashes[file] else { continue }
      fingerprint = AthenaDownload.combine(fingerprint, file, hash)
    }
    builder.set(fingerprint: local.combined(with: fingerprint))
  }

  /// Says what is done between two files.
  private func tell(_ step: String) { progress(step, done.withLock { $0 }) }

  /// Reads one file into sinks; `nil` when the download has none.
  private mutating func read<Sink: AthenaSink>(
    _ file: AthenaDownload.File, _ sink: Sink, workers: Int? = nil
  ) throws -> AthenaFile.Rows<Sink>? {
    guard let path = download.path(file), let source = try download.open(file) else { return nil }
    let reader = AthenaFile(path: path, source: source, blockByteCount: blockByteCount)
    let progress = progress
    let done = done
    let rows = try reader.read(into: sink, workers: workers ?? self.workers) { count in
      done.withLock { done in
        done += count
        progress(path, done)
      }
    }
    hashes[file] = rows.hash
    return rows
  }

  private mutating func readTables() throws -> VocabularyTables {
    let files: [AthenaDownload.File] = [.vocabulary, .domain, .conceptClass, .relationshipName]
    // Without the whole tables only names and versions matter, and columns may be fewer.
    let needed = [["vocabulary_id", "vocabulary_version"], ["domain_id"], [], []]
    var lists: [[String]] = []
    for (place, file) in files.enumerated() {
      let columns = VocabularyTables.columns[place]
      let wanted = isWhole ? columns : needed[place]
      guard !wanted.isEmpty, let rows = try read(file, AthenaCells(wanted), workers: 1) else {
        lists.append([])
        continue
      }
      lists.append(
        rows.sinks.flatMap(\.rows).flatMap { cells in
          columns.map { column in wanted.firstIndex(of: column).map { cells[$0] } ?? "" }
        })
    }
    return VocabularyTables(lists: lists) ?? VocabularyTables()
  }

  /// The version of the release, which Athena states for the vocabulary `None`; else the first version
  /// stated in the order of names.
  private static func release(_ rows: [[String]]) -> String? {
    if let none = rows.first(where: { $0[0] == "None" && !$0[3].isEmpty }) { return none[3] }
    return rows.sorted { ($0[0], $0[3]) < ($1[0], $1[3]) }.first { !$0[3].isEmpty }?[3]
  }

  private mutating func readConcepts(_ tables: VocabularyTables) throws -> ConceptTable {
    guard let rows = try read(.concept, AthenaConcepts()) else { return ConceptTable() }
    tell("bringing concepts into their order")
    if isWhole {
      try check(rows.sinks.map(\.table), against: tables, firstLines: rows.firstLines)
    }
    var parts = rows.sinks.map(\.table)
    try local.add(to: &parts)
    return try ConceptMerge(
      parts, path: download.path(.concept), firstLines: rows.firstLines,
      domains: tables.domains.map { $0[0] }, vocabularies: tables.vocabularies.map { $0[0] }
    ).table(workers: workers)
  }

  private mutating func readRelationships(
    _ builder: inout IndexBuilder, _ tables: VocabularyTables
  ) throws {
    let empty = AthenaRelationships(
      ids: builder.ids, concepts: builder.count, isWhole: isWhole,
      directions: isWhole ? ReversePairs.directions(tables) : [:])
    let rows = try read(.relationship, empty)
    if isWhole, let rows { try check(rows, against: tables) }
    var sinks = rows?.sinks ?? [empty]
    if !local.isEmpty {
      var own = empty
      try local.add(to: &own)
      sinks.append(own)
    }
    func all(_ use: Int) -> [UInt64] { sinks.flatMap { $0.mapping[use] } }
    let dangling = sinks.reduce(0) { $0 + $1.dangling }
    try builder.addMapping(
      mapsTo: all(0), mapsToValue: all(1), replacedBy: all(2), dangling: dangling)
    guard isWhole, let layout = empty.edges?.layout else { return }
    tell("sorting relationships")
    let kinds = Set(sinks.flatMap(\.kinds.kinds)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(kinds, kinds.indices))
    let numbers = sinks.map { $0.kinds.kinds.map { UInt32(places[$0] ?? 0) } }
    let left = sinks.reduce(0) { $0 + $1.danglingRows }
    let parts = sinks.compactMap(\.edges)
    sinks = []
    if left > 0 {
      warnings.append(
        "\(left) relationships name concepts that CONCEPT.csv does not have, and are left out: those of CPT4, which Athena delivers without its concepts, or of a file that is cut short"
      )
    }
    try builder.addRelationships(
      EdgeBuckets.sorted(parts, renumbered: numbers, workers: workers), layout, kinds: kinds,
      dangling: left)
  }

  /// Reads the ancestors; what drugs contain comes back.
  private mutating func readAncestors(
    _ builder: inout IndexBuilder, _ isIngredient: [Bool]
  ) throws -> [UInt64] {
    let isWhole = contents.contains(.ancestors)
    let empty = AthenaAncestors(ids: builder.ids, isIngredient: isIngredient, isWhole: isWhole)
    var sinks = try read(.ancestor, empty)?.sinks ?? [empty]
    let ingredients = sinks.flatMap(\.ingredients)
    guard isWhole, let layout = empty.edges?.layout else { return ingredients }
    let dangling = sinks.reduce(0) { $0 + $1.dangling }
    if dangling > 0 {
      warnings.append(
        "\(dangling) ancestors name concepts that CONCEPT.csv does not have, and are left out")
    }
    let parts = sinks.compactMap(\.edges)
    sinks = []
    tell("sorting ancestors")
    let buckets = EdgeBuckets.sorted(parts, workers: workers)
    checkRows(.ancestor, isEmpty: dangling == 0 && buckets.allSatisfy(\.isEmpty))
    try builder.addAncestors(buckets, layout, dangling: dangling)
    return ingredients
  }

  /// The synonyms in the order of their concepts, with the keys that `IndexBuilder` wants.
  private mutating func readSynonyms(_ ids: ConceptIDs) throws -> ([UInt64], TextArray) {
    var keys: [UInt64] = []
    var texts = TextArray()
    for sink in try read(.synonym, AthenaSynonyms(ids: ids))?.sinks ?? [] {
      guard texts.bytes.count + sink.texts.bytes.count < ConceptTable.mostBytes else {
        throw VocabularyError(
          "too-large", "the file has too many synonyms", path: download.path(.synonym))
      }
      keys += sink.keys
      texts.append(sink.texts)
    }
    let order = keys.indices.map { Int32($0) }.sorted { left, right in
      let one = keys[Int(left)]
      let other = keys[Int(right)]
      return one != other ? one < other : texts.order(Int(left), texts, Int(right)) < 0
    }
    return (order.map { keys[Int($0)] }, texts.gather(order))
  }
}
