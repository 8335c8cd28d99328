extension VocabularyIndex {
  /// The id of the concept at a position.
  package func id(_ position: Int) -> Int64 { Int64(part(.conceptIDs, UInt32.self)[position]) }

  /// The handle of a concept's domain, for `domainName`.
  package func domain(_ position: Int) -> Int { Int(part(.domains, UInt16.self)[position]) }

  /// The name (domain_id) of a domain by its handle.
  package func domainName(_ domain: Int) -> String { domains[domain] }

  /// The handle of a domain by its exact name (domain_id).
  package func domain(named name: String) -> Int? { domains.firstIndex(of: name) }

  /// The handle of a concept's vocabulary.
  package func vocabulary(_ position: Int) -> Int {
    Int(part(.vocabularies, UInt16.self)[position])
  }

  /// Whether the concept at a position has standard_concept `S`.
  package func isStandard(_ position: Int) -> Bool {
    part(.flags, UInt8.self)[position] & ConceptFlags.standard != 0
  }

  /// Whether the concept at a position has no invalid_reason.
  package func isValid(_ position: Int) -> Bool {
    part(.flags, UInt8.self)[position] & ConceptFlags.valid != 0
  }

  /// The concept_code of the concept at a position.
  package func code(_ position: Int) -> String { text(position, .codeStarts, .codeBytes) }

  /// The concept_name of the concept at a position.
  package func name(_ position: Int) -> String { text(position, .nameStarts, .nameBytes) }

  /// The ids of the concepts at some positions; 0 for −1.
  package func ids(_ positions: [Int32]) -> [Int64] {
    let ids = part(.conceptIDs, UInt32.self)
    let source = positions.span
    return [Int64](capacity: positions.count) { out in
      for row in source.indices {
        out.append(source[row] < 0 ? 0 : Int64(ids[Int(source[row])]))
      }
    }
  }

  /// The domains of the concepts at some positions; −1 for −1.
  package func domains(_ positions: [Int32]) -> [Int32] {
    let domains = part(.domains, UInt16.self)
    let source = positions.span
    return [Int32](capacity: positions.count) { out in
      for row in source.indices {
        out.append(source[row] < 0 ? -1 : Int32(domains[Int(source[row])]))
      }
    }
  }

  /// All that the index knows of a concept.
  package func concept(id: Int64) -> Concept? { position(ofConcept: id).map(concept(at:)) }

  /// All that the index knows of the concept at a position.
  package func concept(at position: Int) -> Concept {
    func letter(_ section: IndexSection) -> String {
      let byte = part(section, UInt8.self)[position]
      return byte == 0 ? "" : String(UnicodeScalar(byte))
    }
    return Concept(
      id: id(position), code: code(position), vocabulary: vocabularies[vocabulary(position)],
      domain: domains[domain(position)], name: name(position),
      conceptClass: conceptClasses[Int(part(.classes, UInt16.self)[position])],
      standard: letter(.standardLetters), invalidReason: letter(.invalidLetters),
      validStart: part(.validStarts, Int32.self)[position],
      validEnd: part(.validEnds, Int32.self)[position])
  }

  private func text(_ position: Int, _ starts: IndexSection, _ bytes: IndexSection) -> String {
    let ends = part(starts, UInt32.self)
    let source = part(bytes, UInt8.self)
    let range = Int(ends[position])..<Int(ends[position + 1])
    let text = [UInt8](capacity: range.count) { out in
      for index in range { out.append(source[index]) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
