extension Truth {
  /// Whether the rows of an IPP can be loaded.
  enum Standing {
    /// The person comes out.
    case known
    /// There is no demographic row of that IPP.
    case unknown
    /// The demographic rows were all quarantined; the position is that of the first.
    case quarantined(SourcePosition)
  }

  /// Works out the person, the death and the department, and says how the IPP stands.
  mutating func addPerson(of history: PersonHistory) -> Standing {
    let rows = extract(history.patients, "patients")
    addDepartments(rows)
    addDeath(rows)
    guard let first = rows.map({ $0.state.position }).min() else { return .unknown }
    let living = rows.filter { $0.birth != nil }.sorted { $0.updated > $1.updated }
    for row in rows where row.birth == nil {
      quarantine(row.state, "patients", "patient", "required_missing")
    }
    guard let latest = living.first, let (year, month, _) = latest.birth?.civil else {
      return .quarantined(first)
    }
    book("patient", \.emittedFrom)
    book("patient", \.emitted)
    book("patient", \.collapsed, living.count - 1)
    // Field by field: the department of the latest row that has one.
    let department = living.lazy.compactMap { Identity.department($0.postcode) }.first ?? ""
    add(
      [
        history.ipp, String(latest.sex.concept), String(year), String(month), "", "0", "0",
        department, latest.sex.rawValue,
      ], to: .person)
    return .known
  }

  private mutating func addDepartments(_ rows: [PatientRow]) {
    for row in rows {
      guard let department = Identity.department(row.postcode) else {
        book("department", \.filtered)
        continue
      }
      if departments.insert(department).inserted {
        book("department", \.emittedFrom)
        book("department", \.emitted)
      } else {
        book("department", \.collapsed)
      }
    }
  }

  /// Nobody whose birth is missing has a date of death in the export.
  private mutating func addDeath(_ rows: [PatientRow]) {
    let dated = rows.filter { $0.death != nil }.sorted { $0.updated > $1.updated }
    book("death", \.filtered, rows.count - dated.count)
    guard let latest = dated.first, let death = latest.death else { return }
    book("death", \.emittedFrom)
    book("death", \.emitted)
    book("death", \.collapsed, dated.count - 1)
    add([latest.ipp, death.last.iso, "32817"], to: .death)
  }
}
