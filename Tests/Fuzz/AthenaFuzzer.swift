import Vocabulary

/// Imports bytes as the files of a vocabulary, and follows every concept of what comes out.
///
/// Files are parted by lines of `%`, in the order CONCEPT, CONCEPT_RELATIONSHIP, VOCABULARY, DOMAIN,
/// CONCEPT_ANCESTOR, DRUG_STRENGTH.
enum AthenaFuzzer {
  private static let names = [
    "CONCEPT.csv", "CONCEPT_RELATIONSHIP.csv", "VOCABULARY.csv", "DOMAIN.csv",
    "CONCEPT_ANCESTOR.csv", "DRUG_STRENGTH.csv",
  ]

  static func run(_ bytes: [UInt8]) {
    var files = parts(of: bytes)
    while files.count < names.count { files.append(nil) }
    for (name, file) in zip(names, files) { Scratch.write(file, to: "athena/\(name)") }
    let index = Scratch.path("vocabulary.index")
    do {
      try VocabularyIndex.build(from: Scratch.path("athena"), to: index, contents: .all)
      let vocabulary = try VocabularyIndex.open(path: index)
      let isCurrent = try vocabulary.isCurrent(Scratch.path("athena"))
      precondition(isCurrent, "an index not of its files")
      for position in 0..<vocabulary.count { follow(position, vocabulary) }
    } catch let error as VocabularyError {
      precondition(!error.description.isEmpty)
    } catch {
      preconditionFailure("an error of another kind")
    }
  }

  private static func parts(of bytes: [UInt8]) -> [[UInt8]?] {
    var parts: [[UInt8]?] = []
    var start = 0
    for index in bytes.indices
    where parts.count < names.count - 1 && bytes[index...].starts(with: [10, 37, 10]) {
      // The line feed ends the last line of the file; one that ended a line of `%` ends no other.
      guard index + 1 >= start else { continue }
      parts.append(Array(bytes[start..<index + 1]))
      start = index + 3
    }
    return parts + [Array(bytes[start...])]
  }
}

extension AthenaFuzzer {
  private static func follow(_ position: Int, _ vocabulary: VocabularyIndex) {
    let id = vocabulary.id(position)
    precondition(vocabulary.position(ofConcept: id) == position, "a concept is not found by its id")
    let concept = vocabulary.concept(at: position)
    precondition(concept.id == id)
    for target in vocabulary.standardTargets(ofConcept: id) {
      let found = vocabulary.position(ofConcept: target)
      precondition(found.map(vocabulary.isStandard) == true, "a target that is not standard")
    }
    _ = vocabulary.valueTargets(ofConcept: id)
    for ingredient in vocabulary.ingredients(ofConcept: id) {
      precondition(vocabulary.position(ofConcept: ingredient) != nil, "an ingredient is no concept")
    }
    for strength in vocabulary.strengths(ofDrug: id) {
      precondition(strength.drug == id, "a strength of another drug")
    }
    for relationship in Relationship.allCases {
      _ = vocabulary.edges(relationship, ofConcept: id)
    }
  }
}
