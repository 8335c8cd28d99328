package import Columnar

/// The names and synonyms of concepts, as the text index takes them in.
///
/// Texts are called documents and have numbers: the name of the concept at position `p` is document
/// `p`; the synonyms follow, in ascending order of their concepts' positions.
package protocol ConceptTexts: Sendable {
  /// The number of concepts, each of which has a name.
  var conceptCount: Int { get }

  /// The number of synonyms of all concepts.
  var synonymCount: Int { get }

  /// The position of the concept that a synonym belongs to.
  func concept(ofSynonym synonym: Int) -> Int

  /// The UTF-8 bytes of a document, borrowed.
  @_lifetime(borrow self)
  func text(_ document: Int) -> Span<UInt8>
}

/// Names and synonyms that lie in arrays.
package struct TextList: ConceptTexts {
  private let names: TextArray
  private let synonyms: TextArray
  private let synonymConcepts: [UInt32]

  /// Takes the names in the order of the concepts' positions, and synonyms with the positions of
  /// their concepts, which must ascend.
  package init(
    names: TextArray, synonyms: TextArray = TextArray(), synonymConcepts: [UInt32] = []
  ) {
    precondition(synonyms.count == synonymConcepts.count, "as many concepts as synonyms")
    self.names = names
    self.synonyms = synonyms
    self.synonymConcepts = synonymConcepts
  }

  package var conceptCount: Int { names.count }

  package var synonymCount: Int { synonyms.count }

  package func concept(ofSynonym synonym: Int) -> Int { Int(synonymConcepts[synonym]) }

  @_lifetime(borrow self)
  package func text(_ document: Int) -> Span<UInt8> {
    document < names.count ? names.span(document) : synonyms.span(document - names.count)
  }
}
