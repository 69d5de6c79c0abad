"""Countries by their English names, with the codes that stand for them."""

# ISO 3166 codes of countries by their English names, for columns that hold codes.
COUNTRIES: dict[str, tuple[str, str]] = {
    name.strip(): (two, three)
    for name, two, three in (
        entry.split(":")
        for entry in """argentina:AR:ARG,australia:AU:AUS,austria:AT:AUT,belgium:BE:BEL,brazil:BR:BRA,bulgaria:BG:BGR,
canada:CA:CAN,chile:CL:CHL,china:CN:CHN,colombia:CO:COL,croatia:HR:HRV,czech republic:CZ:CZE,czechia:CZ:CZE,
denmark:DK:DNK,egypt:EG:EGY,estonia:EE:EST,finland:FI:FIN,france:FR:FRA,germany:DE:DEU,greece:GR:GRC,hong kong:HK:HKG,
hungary:HU:HUN,iceland:IS:ISL,india:IN:IND,indonesia:ID:IDN,ireland:IE:IRL,israel:IL:ISR,italy:IT:ITA,japan:JP:JPN,
kenya:KE:KEN,latvia:LV:LVA,lithuania:LT:LTU,luxembourg:LU:LUX,malaysia:MY:MYS,mexico:MX:MEX,morocco:MA:MAR,
netherlands:NL:NLD,holland:NL:NLD,new zealand:NZ:NZL,nigeria:NG:NGA,norway:NO:NOR,pakistan:PK:PAK,peru:PE:PER,
philippines:PH:PHL,poland:PL:POL,portugal:PT:PRT,romania:RO:ROU,russia:RU:RUS,saudi arabia:SA:SAU,serbia:RS:SRB,
singapore:SG:SGP,slovakia:SK:SVK,slovenia:SI:SVN,south africa:ZA:ZAF,south korea:KR:KOR,spain:ES:ESP,sweden:SE:SWE,
switzerland:CH:CHE,taiwan:TW:TWN,thailand:TH:THA,turkey:TR:TUR,ukraine:UA:UKR,united arab emirates:AE:ARE,uae:AE:ARE,
united kingdom:GB:GBR,uk:GB:GBR,great britain:GB:GBR,united states:US:USA,usa:US:USA,us:US:USA,
united states of america:US:USA,
vietnam:VN:VNM""".replace("\n", "").split(",")
    )
}
