extension PersonHistory {
  /// Plants a mistake in a history that is rich enough to hold it.
  mutating func plant(_ dirt: Dirt) {
    switch dirt {
    case .shortDiagnosis: diagnoses[1].state.damage = .missingFields
    case .longResult: results[2].state.damage = .extraField
    case .shortStay:
      stays[0].state.damage = .missingFields
      keepPlainActs(of: stays[0].number)
    case .shortPatient: patients[0].state.damage = .missingFields
    case .unclosedQuote: diagnoses[2].state.damage = .unclosedQuote
    case .resultWithoutDate:
      results[1].state.damage = .rejectedCell
      results[1].state.dirty.append(
        DirtyCell(column: "DATE_PRELEVEMENT", text: "45/13/2025 08:00", reason: nil))
    case .stayOfUnknownPatient: addStrangersStay()
    case .diagnosisOfUnknownStay:
      diagnoses[1].stay = stayNumber(60)
      keepPlainActs(of: stays[0].number)
      acts[0].stay = stayNumber(60)
    case .resultOfUnknownStay: results[3].stay = stayNumber(61)
    case .unknownUnit: stays[1].unit = "9999"
    case .unknownDiagnosis: diagnoses[1].code = .unknown
    case .unknownAnalysis: replaceResult(1, by: .unknown, decimal: SampleDecimal(123, scale: 1))
    case .unknownSex: patients[0].sex = .undetermined
    case .badPostcode: patients[0].postcode = "ABCDE"
    case .equalStays: stays.append(stays[0])
    case .equalDiagnoses: diagnoses.append(diagnoses[1])
    case .equalResults: results.append(results[1])
    case .differingStays:
      var other = stays[0]
      other.exit = other.exit.map { Moment(minutes: $0.minutes + 30) }
      stays.append(other)
    case .differingDiagnoses:
      var other = diagnoses[1]
      other.code = .unknown
      diagnoses.append(other)
    case .differingResults:
      var other = results[1]
      other.time = Moment(minutes: other.time.minutes + 7)
      results.append(other)
    default: plantCell(dirt)
    }
  }

  private mutating func plantCell(_ dirt: Dirt) {
    let (bad, badTime) = ("45/13/2025", "45/13/2025 08:00")
    switch dirt {
    case .impossibleActDate:
      acts[0].time = nil
      acts[0].spoil("DATE_ACTE", badTime, "not_a_timestamp")
    case .impossibleEntry:
      stays[0].entry = nil
      stays[0].spoil("DATE_ENTREE", badTime, "not_a_timestamp")
    case .impossibleExit:
      stays[1].exit = nil
      stays[1].spoil("DATE_SORTIE", badTime, "not_a_timestamp")
    case .impossibleDeath: patients[0].spoil("DECES", bad, "not_a_date")
    case .impossibleBirth:
      patients[0].birth = nil
      patients[0].spoil("NAISSANCE", bad, "not_a_date")
    case .badDose:
      administrations[0].dose = nil
      administrations[0].spoil("DOSE", "1,5,0", "not_a_decimal")
    case .badNumber:
      replaceResult(1, by: .creatinine, decimal: SampleDecimal(95))
      results[1].value = "5,4,3"
      results[1].decimal = nil
    case .badRank:
      diagnoses[1].rank = nil
      diagnoses[1].spoil("RANG", "1er", "not_an_integer")
    case .undefinedByteInUnit:
      replaceResult(1, by: .crp, decimal: SampleDecimal(321, scale: 1))
      results[1].unit = ""
      results[1].spoil("UNITE", "mg\(Windows1252.undefined)L", "bad_encoding")
    case .undefinedByteInStayKind:
      stays[1].kind = nil
      stays[1].spoil("TYPE_SEJOUR", "H\(Windows1252.undefined)C", "bad_encoding")
    case .birthMissing: patients[0].birth = nil
    case .birthSentinel:
      patients[0].birth = nil
      patients[0].spoil("NAISSANCE", "01/01/1600", nil)
    case .entryMissing: stays[0].entry = nil
    case .entrySentinel:
      stays[0].entry = nil
      stays[0].spoil("DATE_ENTREE", "01/01/1600 00:00", nil)
    case .exitSentinel:
      stays[1].exit = nil
      stays[1].spoil("DATE_SORTIE", "01/01/1600 00:00", nil)
    case .nullWord:
      stays[1].exit = nil
      stays[1].spoil("DATE_SORTIE", "NULL", nil)
    case .startMissing: administrations[0].start = nil
    case .rankMissing: diagnoses[1].rank = nil
    case .codeMissing: diagnoses[1].code = nil
    case .personMissing: results[1].ipp = ""
    case .textTooLong:
      setRemark("Prélèvement hémolysé : les résultats sont à interpréter avec prudence, à refaire")
    case .strayQuote: setRemark("Hématome 5\" au point de ponction")
    case .quotedLineFeed: setRemark("Sérum hémolysé\nprélèvement à refaire")
    case .quotedDelimiter: setRemark("Culture \"mixte\"; à refaire")
    default: break
    }
  }

  /// A stay of somebody who is not in the demographic file, with what belongs to it.
  private mutating func addStrangersStay() {
    let stranger = "9" + padded(index, 9)
    let number = stayNumber(62)
    stays[1].number = number
    stays[1].ipp = stranger
    let old = stayNumber(1)
    for row in diagnoses.indices where diagnoses[row].stay == old { diagnoses[row].stay = number }
    for row in acts.indices where acts[row].stay == old { acts[row].stay = number }
    for row in results.indices where results[row].stay == old {
      results[row].stay = number
      results[row].ipp = stranger
    }
    for row in administrations.indices where administrations[row].stay == old {
      administrations[row].stay = number
      administrations[row].ipp = stranger
    }
  }

  /// Drops the acts of a stay that a rule would filter.
  private mutating func keepPlainActs(of stay: String) {
    acts.removeAll { $0.stay == stay && $0.activity != "1" }
  }

  private mutating func replaceResult(
    _ row: Int, by code: ResultCode, decimal: SampleDecimal
  ) {
    results[row].code = code
    results[row].type = "N"
    results[row].decimal = decimal
    results[row].value = decimal.french
    results[row].unit = code.unit
    results[row].low = nil
    results[row].high = nil
  }

  private mutating func setRemark(_ text: String) {
    replaceResult(1, by: .creatinine, decimal: SampleDecimal(95))
    results[1].type = "T"
    results[1].value = text
    results[1].decimal = nil
    results[1].unit = ""
  }
}

extension ExportRow {
  /// Writes a cell otherwise than it means.
  fileprivate mutating func spoil(_ column: String, _ text: String, _ reason: String?) {
    state.dirty.append(DirtyCell(column: column, text: text, reason: reason))
  }
}
