import Columnar

extension VocabularyIndex {
  /// An index in memory, made of concepts and of edges between their ids (source, target; of
  /// ancestors the descendant first): what a test of a pipeline gives.
  package init(
    concepts: [Concept], mapsTo: [(Int64, Int64)] = [], mapsToValue: [(Int64, Int64)] = [],
    replacedBy: [(Int64, Int64)] = [], ancestors: [(Int64, Int64)] = [],
    strengths: [ConceptStrength] = [], version: String? = nil
  ) throws {
    let bytes = try VocabularyIndex.bytes(
      concepts: concepts, mapsTo: mapsTo, mapsToValue: mapsToValue, replacedBy: replacedBy,
      ancestors: ancestors, strengths: strengths, version: version)
    try self.init(bytes: bytes)
  }

  /// Opens an index that lies in memory, with the checks of a file.
  package init(bytes: [UInt8]) throws {
    guard !bytes.isEmpty else {
      throw VocabularyError("not-an-index", "this is not a vocabulary index")
    }
    try self.init(MappedFile(copying: bytes), path: nil)
  }

  /// The bytes of the index; `hashMask` lets a test make codes collide.
  static func bytes(
    concepts: [Concept], mapsTo: [(Int64, Int64)], mapsToValue: [(Int64, Int64)],
    replacedBy: [(Int64, Int64)], ancestors: [(Int64, Int64)] = [],
    strengths: [ConceptStrength] = [], version: String? = nil, hashMask: UInt64 = .max
  ) throws -> [UInt8] {
    var table = ConceptTable()
    for concept in concepts { try table.append(concept) }
    table = try ConceptMerge([table], path: nil).table(workers: 1)
    let isIngredient = table.areIngredients
    var builder = IndexBuilder(IndexWriter(), hashMask: hashMask)
    try builder.addConcepts(table, release: version, workers: 1)
    var dangling = 0
    let lists = try [mapsTo, mapsToValue, replacedBy].map { pairs in
      let found = try positions(pairs, builder.ids)
      dangling += pairs.count - found.count
      return found
    }
    try builder.addMapping(
      mapsTo: lists[0], mapsToValue: lists[1], replacedBy: lists[2], dangling: dangling)
    let ingredients = try positions(ancestors, builder.ids).filter {
      isIngredient[Int($0 & 0xFFFF_FFFF)]
    }
    try builder.addDrugs(ingredients: ingredients, strengths: strengths)
    return try builder.finish()
  }

  /// Edges between ids by positions; those that end outside the concepts are left out.
  private static func positions(
    _ pairs: [(Int64, Int64)], _ ids: ConceptIDs
  ) throws -> [UInt64] {
    try pairs.compactMap { source, target in
      for id in [source, target] where id < 0 || id > Int64(Int32.max) {
        throw VocabularyError("bad-concept-id", "the concept id \(id) is outside 0…2147483647")
      }
      let from = ConceptIDs.position(of: source, ids.pages.span, ids.words.span, ids.ranks.span)
      let to = ConceptIDs.position(of: target, ids.pages.span, ids.words.span, ids.ranks.span)
      return from >= 0 && to >= 0 ? UInt64(from) << 32 | UInt64(to) : nil
    }
  }
}

extension ConceptTable {
  /// Appends a concept given in memory.
  mutating func append(_ concept: Concept) throws(VocabularyError) {
    guard concept.id >= 0 && concept.id <= Int64(Int32.max) else {
      throw VocabularyError(
        "bad-concept-id", "the concept id \(concept.id) is outside 0…2147483647")
    }
    func letter(_ text: String) throws(VocabularyError) -> UInt8 {
      guard let byte = text.utf8.first else { return 0 }
      guard text.utf8.count == 1 else {
        throw VocabularyError(
          "bad-flag", "standard_concept or invalid_reason of \(concept.id) is no single letter")
      }
      return byte
    }
    guard let domain = domainNames.insert(concept.domain),
      let vocabulary = vocabularyNames.insert(concept.vocabulary),
      let conceptClass = classNames.insert(concept.conceptClass)
    else {
      throw VocabularyError("too-many-names", "more than \(NameList.limit) names of one kind")
    }
    standardLetters.append(try letter(concept.standard))
    invalidLetters.append(try letter(concept.invalidReason))
    ids.append(UInt32(concept.id))
    codes.append(concept.code)
    names.append(concept.name)
    domains.append(domain)
    vocabularies.append(vocabulary)
    classes.append(conceptClass)
    validStarts.append(concept.validStart)
    validEnds.append(concept.validEnd)
    lines.append(UInt32(ids.count))
  }
}
