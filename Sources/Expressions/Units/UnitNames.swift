import Diagnostics

/// Which unit was probably meant by a symbol that is none.
enum UnitNames {
  /// The code of what is often written otherwise.
  private static let spellings: [String: String] = {
    let groups: [(String, String)] = [
      ("[iU]", "IU UI iu ui U.I. I.U."), ("m[iU]", "mIU mUI mui"), ("u[iU]", "uIU uUI"),
      ("k[iU]", "kIU kUI"), ("M[iU]", "MIU MUI"), ("mm[Hg]", "mmHg mmhg"),
      ("cm[H2O]", "cmH2O"), ("Cel", "°C ºC degC celsius Celsius"), ("[degF]", "°F degF fahrenheit"),
      ("ug", "mcg µg μg"), ("mL", "cc CC"), ("[drp]", "gtt goutte gouttes"),
      ("h", "hr hrs hour hours heure heures"), ("min", "mn mins minute minutes"),
      ("s", "sec secs second seconds seconde secondes"), ("d", "day days j jour jours"),
      ("wk", "week weeks sem semaine semaines"), ("mo", "month months mois"),
      ("a", "y yr yrs year years an ans année années"), ("/min", "bpm BPM"),
      ("[lb_av]", "lb lbs pound pounds"), ("[oz_av]", "oz ounce ounces"), ("[in_i]", "in inch"),
      ("[ft_i]", "ft feet foot"), ("eq", "Eq val"), ("meq", "mEq mval"), ("osm", "Osm"),
      ("mosm", "mOsm mOsmol"), ("[CFU]", "CFU UFC cfu"), ("[pH]", "pH ph_"), ("kg", "KG Kg"),
      ("g", "gr gram grams gramme grammes"), ("L", "litre litres liter liters"),
      ("mol", "mole moles"),
      ("%", "percent pct"), ("[ppm]", "ppm"), ("[Ch]", "Fr CH Ch"), ("[HPF]", "HPF hpf"),
      ("[IR]", "IR"), ("deg", "° degree degrees"), ("[psi]", "psi"),
    ]
    var spellings: [String: String] = [:]
    for (code, others) in groups {
      for other in others.split(separator: " ") { spellings[String(other)] = code }
    }
    return spellings
  }()

  /// The units that people write, with the prefixes that they use.
  private static let common: [String] = {
    let prefixed = ["g", "L", "mol", "m", "s", "U", "[iU]", "Pa", "eq", "kat", "cal", "l", "osm"]
      .flatMap { unit in ["k", "d", "c", "m", "u", "n", "p", "f"].map { $0 + unit } }
    return UnitTable.ucum.atoms.keys.sorted() + prefixed + ["mm[Hg]", "cm[H2O]"]
  }()

  static func suggestion(for symbol: String) -> String? {
    if let code = spellings[symbol] { return code }
    let plain = symbol.map { character -> String in
      switch character {
      case "µ", "μ": "u"
      case "²": "2"
      case "³": "3"
      default: String(character)
      }
    }.joined()
    if plain != symbol {
      let isSound = (try? UnitParser.unit(plain)) != nil
      return isSound ? plain : spellings[plain]
    }
    return nearestName(to: symbol, in: common)
  }
}
