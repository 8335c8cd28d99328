extension Suggester {
  /// The most drugs of a class, and tests of a component, that are compared.
  private static var mostRelated: Int { 600 }
  /// How many components of tests are followed, and how much of one a name must say.
  private static var mostComponents: Int { 4 }
  private static var leastComponent: Double { 0.6 }

  /// By the ATC class of the term: drugs that it leads to, and what the class says of those found
  /// already.
  mutating func addDrugs(
    _ term: SourceTerm, _ query: TextQuery, _ hidden: Int?, _ found: inout [Int: Evidence]
  ) {
    guard let own = DrugClass(term, index, relations, hidden: hidden) else { return }
    if let narrowest = own.classes.last {
      var drugs = index.standardTargets(of: [Int32(narrowest)]).concepts.map(Int.init)
      relations.each(of: narrowest, in: index) { role, drug in
        if role == .drug, index.isTarget(drug) { drugs.append(drug) }
      }
      for drug in drugs.prefix(Self.mostRelated) where found[drug] == nil {
        let likeness = measure.compare(query, index, drug)
        add(drug, &found) { $0.direct = likeness }
      }
    }
    for position in found.keys {
      found[position]?.drugClass = own.fit(position, index, relations)
    }
  }

  /// By the parts of LOINC tests: tests of the components that the name says, and what their parts say
  /// of those found already.
  mutating func addTests(
    _ term: SourceTerm, _ query: TextQuery, _ found: inout [Int: Evidence]
  ) {
    guard let loinc = relations.loinc else { return }
    let index = index
    let isMeasured = term.unit != nil || term.specimen != nil || term.method != nil
    let tests = found.keys.count { index.vocabulary($0) == loinc }
    // The words of a drug or a disease are in the names of some tests too.
    guard isMeasured || tests * 5 >= max(1, found.count) else { return }
    var parts = TestParts(
      index, relations, term, name: query, specimen: term.specimen.map(self.query),
      method: term.method.map(self.query), measure)
    for component in components(components(like: query), &parts) {
      var tests: [Int] = []
      relations.each(of: component, in: index) { role, test in
        if role == .test, index.isTarget(test) { tests.append(test) }
      }
      for test in tests.prefix(Self.mostRelated) { add(test, &found) { _ in } }
    }
    var fits: [Int: PartFit] = [:]
    for position in found.keys where index.vocabulary(position) == loinc {
      fits[position] = parts.fit(position)
    }
    // Words for a specimen that no test knows tell nothing.
    let isKnown = term.specimen != nil && fits.values.contains { $0.system > 0 }
    for (position, fit) in fits {
      var fit = fit
      if isKnown, fit.system == 0 { fit.system = -1 }
      found[position]?.parts = fit
      if fit.property != 0 { found[position]?.unit = fit.property }
    }
  }

  /// The components that a name says, best first.
  private func components(_ documents: [Int], _ parts: inout TestParts) -> [Int] {
    var seen: Set<Int> = []
    let fits = documents.map(text.concept).filter { seen.insert($0).inserted }
      .map { (concept: $0, fit: parts.component($0)) }
      .filter { $0.fit >= Self.leastComponent }
    return fits.sorted { left, right in
      left.fit != right.fit ? left.fit > right.fit : left.concept < right.concept
    }.prefix(Self.mostComponents).map(\.concept)
  }
}
