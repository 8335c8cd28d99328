extension PersonHistory {
  /// Adds the demographic rows: the latest update last, and perhaps older ones that say less or
  /// something else.
  mutating func addDemographics(rich: Bool) {
    let known = lastEvent
    let name = random.pick(Identity.names)
    let firstName = random.pick(sex == .female ? Identity.femaleNames : Identity.maleNames)
    var latest = PatientRow(
      ipp: ipp, nir: Identity.nir(sex: sex, birth: birth, order: index), name: name,
      firstName: firstName, birth: birth, sex: sex, death: nil,
      postcode: random.percent(6) ? "" : random.pick(Identity.postcodes),
      updated: Moment(day: known, hour: 18, minute: 30 + random.below(30)))
    if !rich { addDeath(to: &latest, after: known) }
    if random.percent(3) {
      // 1600 says that nothing is known; it is not a date.
      if latest.death == nil {
        latest.state.dirty.append(DirtyCell(column: "DECES", text: "01/01/1600", reason: nil))
      }
    }
    if !rich, random.percent(25) { addOlderRows(than: latest) }
    patients.append(latest)
    // The same row, sent twice.
    if !rich, random.percent(4) { patients.append(latest) }
  }

  private mutating func addDeath(to row: inout PatientRow, after known: Day) {
    let age = age(on: known)
    guard age > 55, random.percent(min(60, age - 50)), let last = stays.last, let exit = last.exit
    else { return }
    let day: Day
    if results.allSatisfy({ $0.time <= exit }),
      last.kind == .full || last.kind == .emergencyThenFull,
      random.percent(40)
    {
      day = exit.day
      stays[stays.count - 1].exitMode = "9"
      stays[stays.count - 1].destination = ""
    } else {
      day = known + 1 + random.below(400)
    }
    guard day <= Self.lastDay else { return }
    let (year, month, dayOfMonth) = day.civil
    switch random.below(100) {
    case 0..<15: row.death = PartialDay(year: year, month: month, day: nil)
    case 15..<25: row.death = PartialDay(year: year, month: nil, day: nil)
    default: row.death = PartialDay(year: year, month: month, day: dayOfMonth)
    }
    row.updated = Moment(day: day, hour: 20, minute: 15)
  }

  private mutating func addOlderRows(than latest: PatientRow) {
    var older = latest
    older.updated = Moment(minutes: latest.updated.minutes - 1440 * (400 + random.below(900)))
    older.postcode = random.pick(Identity.postcodes)
    older.state = RowState()
    if random.percent(40) { older.sex = .undetermined }
    if random.percent(30) { older.birth = birth + (random.percent(50) ? 365 : -31) }
    // A death that was first known by its year.
    older.death =
      random.percent(50)
      ? latest.death.map { PartialDay(year: $0.year, month: nil, day: nil) } : nil
    if random.percent(40) {
      var oldest = older
      oldest.updated = Moment(minutes: older.updated.minutes - 1440 * (30 + random.below(300)))
      oldest.postcode = random.pick(Identity.postcodes)
      oldest.name = random.pick(Identity.names)
      oldest.death = nil
      patients.append(oldest)
    }
    patients.append(older)
  }
}
