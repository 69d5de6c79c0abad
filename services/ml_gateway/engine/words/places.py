"""Peoples and federal states by their names: what a column that holds a country or a code may mean."""

# What the people, the language or the things of a country are called.
DEMONYMS: dict[str, tuple[str, ...]] = {
    demonym: tuple(countries.split("/"))
    for demonym, _, countries in (
        entry.strip().partition(":")
        for entry in """afghan:afghanistan,albanian:albania,algerian:algeria,american:united states/usa/us/america,
argentine:argentina,argentinian:argentina,armenian:armenia,australian:australia,austrian:austria,
azerbaijani:azerbaijan,bangladeshi:bangladesh,belarusian:belarus,belgian:belgium,bolivian:bolivia,bosnian:bosnia,
brazilian:brazil,british:united kingdom/uk/great britain/britain,bulgarian:bulgaria,cambodian:cambodia,
cameroonian:cameroon,canadian:canada,chilean:chile,chinese:china,colombian:colombia,congolese:congo,
costa rican:costa rica,croatian:croatia,cuban:cuba,cypriot:cyprus,czech:czech republic/czechia,danish:denmark,
dane:denmark,dutch:netherlands/holland,ecuadorian:ecuador,egyptian:egypt,english:england,estonian:estonia,
ethiopian:ethiopia,european:europe,finnish:finland,finn:finland,french:france,georgian:georgia,german:germany,
ghanaian:ghana,greek:greece,guatemalan:guatemala,haitian:haiti,honduran:honduras,hungarian:hungary,
icelandic:iceland,indian:india,indonesian:indonesia,iranian:iran,iraqi:iraq,irish:ireland,israeli:israel,
italian:italy,ivorian:ivory coast,jamaican:jamaica,japanese:japan,jordanian:jordan,kazakh:kazakhstan,kenyan:kenya,
korean:south korea/korea,kuwaiti:kuwait,latvian:latvia,lebanese:lebanon,libyan:libya,lithuanian:lithuania,
macedonian:macedonia,malaysian:malaysia,maltese:malta,mexican:mexico,moldovan:moldova,mongolian:mongolia,
moroccan:morocco,nepalese:nepal,nepali:nepal,nigerian:nigeria,norwegian:norway,pakistani:pakistan,
panamanian:panama,paraguayan:paraguay,peruvian:peru,filipino:philippines,philippine:philippines,polish:poland,
pole:poland,portuguese:portugal,romanian:romania,russian:russia,rwandan:rwanda,saudi:saudi arabia,
scottish:scotland,senegalese:senegal,serbian:serbia,singaporean:singapore,slovak:slovakia,slovenian:slovenia,
somali:somalia,south african:south africa,spanish:spain,spaniard:spain,sudanese:sudan,swedish:sweden,swede:sweden,
swiss:switzerland,syrian:syria,taiwanese:taiwan,tanzanian:tanzania,thai:thailand,tunisian:tunisia,turkish:turkey,
turk:turkey,ugandan:uganda,ukrainian:ukraine,uruguayan:uruguay,uzbek:uzbekistan,venezuelan:venezuela,
vietnamese:vietnam,welsh:wales,yemeni:yemen,zambian:zambia,zimbabwean:zimbabwe,african:africa,asian:asia""".replace(
            "\n", ""
        ).split(",")
    )
}

STATE_CODES: dict[str, str] = {
    name.strip(): code
    for name, _, code in (
        entry.strip().partition(":")
        for entry in """
alabama:AL,alaska:AK,arizona:AZ,arkansas:AR,california:CA,colorado:CO,connecticut:CT,delaware:DE,
florida:FL,georgia:GA,hawaii:HI,idaho:ID,illinois:IL,indiana:IN,iowa:IA,kansas:KS,kentucky:KY,louisiana:LA,maine:ME,
maryland:MD,massachusetts:MA,michigan:MI,minnesota:MN,mississippi:MS,missouri:MO,montana:MT,nebraska:NE,nevada:NV,
new hampshire:NH,new jersey:NJ,new mexico:NM,new york:NY,north carolina:NC,north dakota:ND,ohio:OH,oklahoma:OK,
oregon:OR,pennsylvania:PA,rhode island:RI,south carolina:SC,south dakota:SD,tennessee:TN,texas:TX,utah:UT,vermont:VT,
virginia:VA,washington:WA,west virginia:WV,wisconsin:WI,wyoming:WY,district of columbia:DC,ontario:ON,quebec:QC,
british columbia:BC,alberta:AB,manitoba:MB,saskatchewan:SK,nova scotia:NS,new brunswick:NB,new south wales:NSW,
victoria:VIC,queensland:QLD,bavaria:BY,saxony:SN,hesse:HE""".replace("\n", "").split(",")
    )
}
