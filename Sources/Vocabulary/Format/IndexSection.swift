/// The parts of an index file, in the order in which they are written.
///
/// A number is part of the format: a new part goes to the end and raises `IndexHeader.version`.
/// `n` is the number of concepts, which stand in ascending order of their ids; all numbers are
/// little-endian. An adjacency is three parts: `n + 1` starts, then targets.
enum IndexSection: Int, CaseIterable {
  /// Length-prefixed names: version, vocabularies, domains, classes.
  case names
  /// UInt32[n]: concept_id.
  case conceptIDs
  /// UInt32, UInt64, UInt32: the way from an id to its position, see `ConceptIDs`.
  case idPages, idWords, idRanks
  /// UInt8[n]: see `ConceptFlags`.
  case flags
  /// UInt16[n]: positions in the lists of names.
  case domains, vocabularies, classes
  /// UInt32[number of vocabularies]: the number of concepts of each.
  case vocabularyCounts
  /// UInt8[n]: ASCII or 0.
  case standardLetters, invalidLetters
  /// Int32[n]: days since 1970-01-01.
  case validStarts, validEnds
  /// UInt32[n + 1] and bytes.
  case codeStarts, codeBytes, nameStarts, nameBytes
  /// UInt64[2^bits / 8 + 1] and UInt64[4m]: the way from a code to its position, see `CodeBuckets` and
  /// `CodeTable`.
  case codeBuckets, codeEntries
  /// Edges as they stand, by position; starts are UInt32[n + 1].
  case mapsToStarts, mapsToTargets
  /// Where `Maps to` ends, on valid standard concepts only.
  case standardStarts, standardTargets
  /// Sparse: UInt32[m] sources in ascending order, UInt32[m + 1] starts, targets.
  case valueSources, valueStarts, valueTargets
  case replacedSources, replacedStarts, replacedTargets
  /// Where `Maps to value` ends, on valid standard concepts only.
  case standardValueSources, standardValueStarts, standardValueTargets
  /// The ingredients that drugs contain.
  case ingredientSources, ingredientStarts, ingredientTargets
  /// UInt32[5m] and UInt64[3m], the latter doubles: see `ConceptStrength`, in the order of the drugs.
  case strengthIDs, strengthValues
  /// Int32[4m]: box_size (−1 for none), the days of validity, the letter of invalid_reason.
  case strengthDetails
  /// The rows of the small tables, see `VocabularyTables`.
  case tables
  /// The kinds of edges in their order: positions in the list of relationships, days, letters.
  case kindRelationships, kindStarts, kindEnds, kindReasons
  /// All edges by position, starts as UInt32[n + 1]: UInt32 kinds and targets.
  case edgeStarts, edgeKinds, edgeTargets
  /// All ancestors by position, starts as UInt32[n + 1]; UInt16 levels, the least in the low byte.
  case ancestorStarts, ancestorTargets, ancestorLevels
  /// Synonyms by position, starts as UInt32[n + 1]: UInt32 languages, texts as those of names.
  case synonymStarts, synonymLanguages, synonymTextStarts, synonymTextBytes
  /// The words of names and synonyms, see `TextPart`.
  case textTermStarts, textTermBytes, textTermDocuments, textPostingStarts, textPostingBytes
  case textDocumentLengths, textSynonymConcepts
  /// What suggestions have learnt from the vocabulary, see `SuggestionModel`; empty without words.
  case suggestionModel
}

/// What an index holds beside the concepts and the edges along which codes are mapped.
package struct IndexContents: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// What drugs contain, and how much of it: what a run needs.
  package static let drugs = IndexContents(rawValue: 1)
  /// All rows of CONCEPT_RELATIONSHIP.csv and DRUG_STRENGTH.csv, and the small tables.
  package static let relationships = IndexContents(rawValue: 2)
  /// All rows of CONCEPT_ANCESTOR.csv.
  package static let ancestors = IndexContents(rawValue: 4)
  /// All rows of CONCEPT_SYNONYM.csv.
  package static let synonyms = IndexContents(rawValue: 8)
  /// The words of names and synonyms.
  package static let text = IndexContents(rawValue: 16)
  /// What the CDM's tables of the vocabulary hold.
  package static let tables: IndexContents = [.drugs, .relationships, .ancestors, .synonyms]
  /// Everything.
  package static let all: IndexContents = [.drugs, .relationships, .ancestors, .synonyms, .text]
}

/// The bits of a concept's flag byte.
enum ConceptFlags {
  static let valid: UInt8 = 1
  static let standard: UInt8 = 2
  /// Some `Maps to value` ends on a valid standard concept.
  static let hasValue: UInt8 = 4
  /// Valid and standard: where an edge may end.
  static let target: UInt8 = valid | standard
}
