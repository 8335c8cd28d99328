extension CDMField {
  /// The domain to which the concepts of the field belong, as the coverage of codes names it: in
  /// lower case and one word, such as `condition`, `unit` or `note_class`.
  ///
  /// The concept that a row of a table is about has the domain of the table, any other that of the
  /// specification, else the name of the field without `_concept_id`.
  ///
  /// - Parameter table: the table of the field.
  /// - Returns: the domain.
  package func codeDomain(in table: CDMTable) -> String {
    if let event = EventTable(rawValue: table.name),
      EventImage.field("concept_id")?.image(in: event) == name
    {
      return event.domain.lowercased()
    }
    let stated = domain.flatMap { $0.split(separator: ",").first }.map(String.init)
    let word = stated ?? name.replacing("_concept_id", with: "")
    return word.lowercased().replacing(" ", with: "_")
  }

  /// The domains that fields of the CDM have, each once, those of events first.
  package static let codeDomains: [String] = {
    var domains = EventTable.allCases.map { $0.domain.lowercased() }
    for table in CommonDataModel.tables where table.isPersonBound && !table.crossesPersons {
      for field in table.fields where field.isConcept && !field.name.contains("source_concept") {
        let domain = field.codeDomain(in: table)
        if !domains.contains(domain) { domains.append(domain) }
      }
    }
    return domains
  }()
}
