/// The units that have a code of their own, and the prefixes.
///
/// Codes and values are those of UCUM 2.2 (https://ucum.org/ucum) as far as laboratories, dosing and
/// vital signs use them; constants of physics, surveyors' and printers' measures and units of
/// information are left out.
struct UnitTable: Sendable {
  struct Atom: Sendable {
    let unit: Unit
    /// Whether it takes prefixes.
    let isMetric: Bool
  }

  static let ucum = UnitTable()

  /// All units by their case-sensitive code.
  private(set) var atoms: [String: Atom] = [:]

  static let prefixes: [String: Int] = [
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1, "d": -1,
    "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15, "a": -18, "z": -21, "y": -24,
  ]

  private init() {
    func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    for code in words(UnitTable.metricBases) { add(base: code, isMetric: true) }
    for code in words(UnitTable.bases) { add(base: code, isMetric: false) }
    for (text, isMetric) in [(UnitTable.metric, true), (UnitTable.customary, false)] {
      for definition in text.split(whereSeparator: { $0 == "\n" || $0 == ";" }) {
        let parts = words(String(definition))
        guard parts.count == 3, let value = UnitFactor(decimal: parts[1]),
          let unit = try? UnitParser.unit(parts[2], in: self), let factor = unit.factor.times(value)
        else { continue }
        atoms[parts[0]] = Atom(unit: Unit(factor: factor, kind: unit.kind), isMetric: isMetric)
      }
    }
    let fahrenheit = UnitFactor(5).times(UnitFactor(9).inverse) ?? .one
    let reaumur = UnitFactor(125, exponent: -2)
    for (code, factor, offset) in [
      ("Cel", UnitFactor.one, Int64(27_315)), ("[degF]", fahrenheit, 45_967),
      ("[degRe]", reaumur, 21_852),
    ] {
      atoms[code] = Atom(
        unit: Unit(factor: factor, kind: ["K": 1], offset: offset), isMetric: false)
    }
  }

  private mutating func add(base code: String, isMetric: Bool) {
    atoms[code] = Atom(unit: Unit(factor: .one, kind: [code: 1]), isMetric: isMetric)
  }

  /// The unit of a code, with a prefix or without, or `nil`.
  func unit(_ code: String) -> Unit? {
    if let atom = atoms[code] { return atom.unit }
    for length in [2, 1] where code.utf8.count > length {
      guard let exponent = UnitTable.prefixes[String(code.prefix(length))],
        let atom = atoms[String(code.dropFirst(length))], atom.isMetric
      else { continue }
      return atom.unit.factor.times(UnitFactor(1, exponent: exponent))
        .map { Unit(factor: $0, kind: atom.unit.kind) }
    }
    return nil
  }

  /// Base units, and units that are a kind of their own, with prefixes.
  private static let metricBases = "m s g K C cd sr mol eq osm [iU] Np B B[SPL] B[V] B[mV] B[uV]"

  /// The same without prefixes: arbitrary units convert to themselves only.
  private static let bases = """
    deg [pH] [HPF] [NTU] [FNU] [hnsf'U] [p'diop] [arb'U] [USP'U] [GPL'U] [MPL'U] [APL'U] [beth'U] \
    [anti'Xa'U] [todd'U] [dye'U] [smgy'U] [bdsk'U] [ka'U] [knk'U] [mclg'U] [tb'U] [CCID_50] \
    [TCID_50] [EID_50] [PFU] [FFU] [CFU] [IR] [BAU] [AU] [Amb'a'1'U] [PNU] [Lf] [D'ag'U] [FEU] \
    [ELU] [EU] [hp_X] [hp_C] [hp_M] [hp_Q] [kp_X] [kp_C] [kp_M] [kp_Q]
    """

  /// Code, value and unit of each unit that takes prefixes.
  private static let metric = """
    l 1 dm3; L 1 l; ar 100 m2; t 1e3 kg; u 1.66053906660e-24 g; st 1 m3
    Hz 1 s-1; N 1 kg.m/s2; Pa 1 N/m2; J 1 N.m; W 1 J/s; A 1 C/s; V 1 J/C; F 1 C/V; Ohm 1 V/A
    S 1 Ohm-1; mho 1 S; Wb 1 V.s; T 1 Wb/m2; H 1 Wb/A; lm 1 cd.sr; lx 1 lm/m2; bar 1e5 Pa
    rad 57.2957795130823209 deg; Bq 1 s-1; Gy 1 J/kg; Sv 1 J/kg; Ci 37e9 Bq; R 2.58e-4 C/kg
    dyn 1 g.cm/s2; erg 1 dyn.cm; RAD 100 erg/g; REM 1 RAD; P 1 dyn.s/cm2; St 1 cm2/s; Bi 10 A
    Ky 1 cm-1; Gal 1 cm/s2; Mx 1e-8 Wb; G 1e-4 T; sb 1 cd/cm2; ph 1e-4 lx
    eV 1.602176634e-19 J; [g] 9.80665 m/s2; gf 1 g.[g]
    m[H2O] 9.80665 kPa; m[Hg] 133.3220 kPa
    cal_[15] 4.18580 J; cal_[20] 4.18190 J; cal_m 4.19002 J; cal_IT 4.1868 J; cal_th 4.184 J
    cal 1 cal_th; g% 1 g/dl; kat 1 mol/s; U 1 umol.s-1/60; [IU] 1 [iU]
    """

  /// Code, value and unit of each unit that takes none.
  private static let customary = """
    % 1 10*-2; [ppth] 1 10*-3; [ppm] 1 10*-6; [ppb] 1 10*-9; [pptr] 1 10*-12
    gon 0.9 deg; ' 1 deg/60; '' 1 '/60; circ 360 deg
    min 60 s; h 60 min; d 24 h; wk 7 d; a_t 365.24219 d; a_j 365.25 d; a_g 365.2425 d; a 1 a_j
    mo_s 29.53059 d; mo_j 1 a_j/12; mo_g 1 a_g/12; mo 1 mo_j
    atm 101325 Pa; Ao 0.1 nm; b 100 fm2; [S] 1 10*-13.s; [diop] 1 /m; [Ch] 1 mm/3; [LPF] 100 [HPF]
    [drp] 1 ml/20; [MET] 3.5 mL/min/kg; [PRU] 1 mm[Hg].s/ml; [wood'U] 1 mm[Hg].min/L
    [in_i'H2O] 2.54 cm[H2O]; [in_i'Hg] 2.54 cm[Hg]; [degR] 5 K/9; [Cal] 1 kcal_th
    [in_i] 2.54 cm; [ft_i] 12 [in_i]; [yd_i] 3 [ft_i]; [mi_i] 5280 [ft_i]; [nmi_i] 1852 m
    [sin_i] 1 [in_i]2; [sft_i] 1 [ft_i]2; [cin_i] 1 [in_i]3; [cft_i] 1 [ft_i]3; [mil_i] 1e-3 [in_i]
    [gal_us] 231 [in_i]3; [qt_us] 1 [gal_us]/4; [pt_us] 1 [qt_us]/2; [gil_us] 1 [pt_us]/4
    [foz_us] 1 [gil_us]/4; [fdr_us] 1 [foz_us]/8; [min_us] 1 [fdr_us]/60; [tbs_us] 1 [foz_us]/2
    [tsp_us] 1 [tbs_us]/3; [cup_us] 16 [tbs_us]; [foz_m] 30 mL; [cup_m] 240 mL; [tsp_m] 5 mL
    [tbs_m] 15 mL; [gal_br] 4.54609 l; [qt_br] 1 [gal_br]/4; [pt_br] 1 [qt_br]/2
    [gil_br] 1 [pt_br]/4; [foz_br] 1 [gil_br]/5; [fdr_br] 1 [foz_br]/8; [min_br] 1 [fdr_br]/60
    [gr] 64.79891 mg; [lb_av] 7000 [gr]; [oz_av] 1 [lb_av]/16; [dr_av] 1 [oz_av]/16
    [stone_av] 14 [lb_av]; [scwt_av] 100 [lb_av]; [lcwt_av] 112 [lb_av]; [ston_av] 20 [scwt_av]
    [lton_av] 20 [lcwt_av]; [pwt_tr] 24 [gr]; [oz_tr] 20 [pwt_tr]; [lb_tr] 12 [oz_tr]
    [sc_ap] 20 [gr]; [dr_ap] 3 [sc_ap]; [oz_ap] 8 [dr_ap]; [lb_ap] 12 [oz_ap]; [oz_m] 28 g
    [car_m] 0.2 g; [lbf_av] 1 [lb_av].[g]; [psi] 1 [lbf_av]/[in_i]2
    """
}
