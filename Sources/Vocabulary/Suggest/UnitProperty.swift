/// The kind of quantity that a unit measures, in the words that names of LOINC have in brackets.
///
/// Source: LOINC Users' Guide, section 2.3 (kind of property).
enum UnitProperty {
  private static let masses: Set<String> = ["kg", "g", "mg", "ug", "µg", "mcg", "ng", "pg"]
  private static let moles: Set<String> = ["mol", "mmol", "umol", "µmol", "nmol", "pmol"]
  private static let volumes: Set<String> = ["l", "dl", "ml", "ul", "µl", "fl", "mm3"]
  private static let activities: Set<String> = [
    "u", "iu", "[iu]", "ui", "mu", "miu", "m[iu]", "mui", "ku", "kiu", "kui", "µkat", "ukat",
  ]
  private static let counts: Set<String> = [
    "10*9", "10*12", "10^9", "10^12", "g", "t", "giga", "tera",
  ]

  /// The properties that fit a unit; empty when it is not known.
  static func properties(of unit: String) -> Set<String> {
    let text = unit.lowercased().filter { !$0.isWhitespace }
    if text == "%" { return ["fraction", "volume fraction", "mass fraction", "percent", "pure"] }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, volumes.contains(parts[1]) else {
      return parts.count == 1 && volumes.contains(text) ? ["entitic volume", "volume"] : []
    }
    var found: Set<String> = []
    if masses.contains(parts[0]) { found.insert("mass/volume") }
    if moles.contains(parts[0]) { found.insert("moles/volume") }
    if activities.contains(parts[0]) {
      found.formUnion(["units/volume", "enzymatic activity/volume"])
    }
    // French laboratories write G/L and T/L for numbers of cells; so may g/L be meant.
    if parts[0].isEmpty || counts.contains(parts[0]) { found.insert("#/volume") }
    return found
  }

  /// The names and abbreviations of LOINC's parts for each property in brackets.
  private static let parts: [String: Set<String>] = [
    "mass/volume": ["mcnc", "mass concentration"],
    "moles/volume": ["scnc", "substance concentration"],
    "units/volume": ["acnc", "arbitrary concentration"],
    "enzymatic activity/volume": ["ccnc", "catalytic concentration"],
    "#/volume": ["ncnc", "number concentration"],
    "mass fraction": ["mfr", "mass fraction"],
    "volume fraction": ["vfr", "volume fraction"],
    "fraction": ["nfr", "number fraction", "sfr", "substance fraction"],
    "entitic volume": ["entvol", "entitic volume"],
    "volume": ["vol", "volume"],
  ]

  /// A unit of the property that a part has by its names.
  static func unit(ofPart names: Set<String>) -> String? {
    for (property, unit) in usual {
      if let own = parts[property], !names.isDisjoint(with: own.union([property])) { return unit }
    }
    return nil
  }

  private static let usual = [
    ("mass/volume", "mg/L"), ("moles/volume", "mmol/L"), ("units/volume", "IU/L"),
    ("enzymatic activity/volume", "U/L"), ("#/volume", "10*9/L"), ("mass fraction", "%"),
    ("volume fraction", "%"), ("fraction", "%"), ("entitic volume", "fL"),
  ]

  /// 1 when the names of a part are those of one of the properties, −1 when of another one, 0 when
  /// nobody knows.
  static func agreement(_ properties: Set<String>, part names: Set<String>) -> Double {
    guard !properties.isEmpty else { return 0 }
    var isOther = false
    for (property, own) in parts where !names.isDisjoint(with: own.union([property])) {
      if properties.contains(property) { return 1 }
      isOther = true
    }
    return isOther ? -1 : 0
  }

  /// 1 when a name has one of the properties in brackets, −1 when it has another one, 0 otherwise.
  static func agreement(_ properties: Set<String>, _ name: String) -> Double {
    guard !properties.isEmpty, let open = name.firstIndex(of: "["),
      let close = name[open...].firstIndex(of: "]")
    else { return 0 }
    let property = name[name.index(after: open)..<close].lowercased()
    if properties.contains(property) { return 1 }
    return property.contains("/") || property.contains("fraction") ? -1 : 0
  }
}
