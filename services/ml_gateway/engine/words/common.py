"""Everyday words that names run together: with the words of other lists, what a name is taken apart into."""

COMMON = frozenset(
    """ability about above academic access accommodation account achievement acre actual additional adult advance
    affiliation afternoon agreement air alcohol alert alone alphabet amateur ambulance amount analyst ancient
    angle annual answer antenna appearance approval april architecture arrival artery artist asset assistant
    assisting atom attack attempt attribute auction august author automatic autumn avenue aware back baggage
    ball ballot band bar base baseball basic basket basketball bath bathroom battery beach bean beauty bed
    bedroom beer behavior below benefit best better bicycle big bike bird black blind block blog blood blue
    board body bone book boot border born bottle bottom bowl box brain branch brand bread breakfast bright
    broken brother brown browser budget bulk burger burn bus bush business butter button cable cake call camera
    camp campus canal cancel candy capital carbon card cardinal care cargo case cash cast castle cattle cause
    cell cemetery census center centre century chain chamber chance channel chapter character charge chart cheap
    check checkin checkout cheese chemical chess chest chicken chip circle circuit civil classic classroom clean
    clear clerk click climate climb clock clothes clothing cloud coach coast coaster coat code coffee coin cold
    collection column combine command commerce commission committee common commune community compare complete
    composition compound condition conduct confirmed connection constructor contact container content context
    continent contract control convention cook cool copper copy core corn corner correct council count counter
    couple court cover craft creative crew cricket crop cross crude cruise cuisine culture cup cure currency
    current curve custody custom cycle daily damage dance danger dark data datetime dawn deadline deal debit
    decade december decimal deck declared decor deep default defense degree delay delegate demand density dental
    deposit design desk detail dew diagram diameter diet digital dinner direct disability discount discovery
    dish district dividend doctorate dollar domain domestic door dose double down download draft dress drink dry
    due dust duty early earth east eastern easy economy edge edition effect egg eighth elderly electric
    electronic element elementary elite emergency emission empty end enemy english enrolled entrance entry equal
    escape essay estate estimated ethnic even evening exact example exchange executive exercise exit expected
    expensive experience expert explanation export express extra eye fabric face factor factory fair fall false
    family fan far fare fast fat father favorite fax feature february federal feedback female fence fiction
    fifth figure file final finance financial fine finger fire firearm first firstname fiscal fish fishing
    fitness five flag flat fleet floor flour flower food foot football force foreign forest fork formal format
    formula fort forward foundation four fourth frame free freight fresh friday friend front fruit full function
    furniture future gallery game garage garden gas gate gauge general generation genre gift girl glass global
    gold golf grain grammar grand grandfather graph graphic grass green gross ground group guard guide guitar
    gulf gun gym hair half hall hand handle harbor hard hardware harvest hat hazard head headline health heart
    heavy height helmet herb heritage hero high highway hill hint history hit hockey holiday hometown honor hook
    horn horse hot household housing human hundred hunt hurricane husband ice idea ideal image impact import
    inch incoming index individual indoor industrial inflation influence initial inner input inquiry insect
    inspection inspector instance instant insured intake intellectual intelligence interaction interest interior
    internal internet interview introduction investment invoice iron island item jacket january jersey jewel job
    joint joke judge juice july jump june jury kernel keyboard keyword kick kid kill kind king kitchen knee
    knife label labor lady landlord lap laptop large last lastname late latest laugh launch law lawyer layer
    layout leader leaf league leather left leg legal lemon lens less letter liability liberal library license
    life lift light limit line linear lion lip liquid list literacy little live living local lock lodge logo
    long lot lounge low lower loyalty luggage lunch lung luxury machine magic magnet main male mall mammal
    manual maple marathon margin marina marine marital mask master match mate math mathematics maximum may meal
    mean measurement meat mechanic medal median medical medium mention menu mere merge merit metal meter method
    middle midfield midnight military milk mine mineral minimum minister minor minority mint mirror missile
    missing mission mixed mode modern module moment monday monitor monitoring monthly mood moon morning
    mortality mortgage most mother motion motorcycle mouse mouth move multi murder muscle mutual narrative
    narrow nation native natural nature near neck needle negative neighborhood nerve net network neutral never
    news next nickname night nine ninth noise north northern nose notice novel november nuclear nut nutrition
    ocean october odd offense offer offline offshore oil olive olympic one online onshore opponent option oral
    orange orchestra organ organic orientation other outcome outdoor outer output outside oven over overall
    overtime oxygen pack pad paid pain pair palace panel pant parade parent park parking parliament part partial
    party passed passport past pastry patent path pattern payroll peace pen penalty pencil pension pepper
    perfect permanent permission permit personal phase photo physical physics piano pick pie pig pilot pink pipe
    pitch pizza planet planned plastic plate platform platinum play player playlist plaza plus pocket poem poet
    pole police poll pollution polo pool poor pop port portal portfolio portion portrait positive possible pot
    potato pound practice precipitation pregnant premium prerequisite preschool presence presentation pressure
    price primary prime prince principal print priority prison private process professional proof proposed
    protein provided proxy public pull pulse purpose push puzzle qualification qualified quality quarter
    quarterly queen query question quick quiet quota quote rabbit racing rack radio rail railroad rain random
    range rapid rare raw reaction read ready real rear rebound recipe recommended record recovery rectangle
    recycle red reduced reference reform refresh refund region regular rejected religious remaining remote
    renewal repeat reply report required reserve residence resource rest restaurant retail retired retirement
    return rice right ring rival river road rock role roller roof root rose rough round row royal rubber rugby
    rural safe safety sail salad salt sample sand satellite saturday sauce savings scale scene schedule science
    scoring screen seafood search season seat second secret secretary secure seed semester senate senator senior
    sensor september sequence serious server settlement seven seventh sewing shape shed shelf shell shift
    shipping shirt shoe shooting shop short shoulder shower sibling side signal signature silver simple single
    sister six sixth skin sky sleep slide slope slot slow small smart smoke snack snow soap soccer social soft
    soil solar solid solution son sound soup south southern space speaker special spectrum speech speed spending
    spirit spot spouse spring square staff stage stain stair stamp standard standing star start statement
    station stay steam steel step stereo stick stomach stone storage storm straight stream strength stress
    strike string strip strong structure studio style success sugar suite summary summer sun sunday sunset
    supply support surface surname survey suspect sweet swim swimming switch syllabus symbol table tablet tag
    tail talk tall tank tape tariff taste tea team tech technical technology teen telephone temporary ten tennis
    tenth terminal text theater theatre theme theory thick third thousand thread three throw thursday tide tier
    tiger timber timestamp title today toilet tone tooth top torch total touch touchdown tough tourist tower
    track trade tradition traffic train trained transfer transit translation transport travel treatment treaty
    tree trend trial tribe tropical truth tuesday tuition tunnel turn tutorial twelve twenty twin two ultimate
    uncle under undergo undergraduate underground union unique united universal up upper urban urgent used
    useful username vacation valid valley van vegetable vegetarian vein vertical vessel veteran vice view
    village violence virtual virus visual vitamin vocal voice volleyball voltage volunteer wait walk wall war
    wardrobe warm warranty wash waste watch water wave weak wealth web wednesday week weekday weekend weekly
    weight welfare west western wheat wheel whole wide wild willing win wind window wine winner winter wire wish
    woman wood word worker world worst yard yearly yellow yield young youth zero zone zoo""".split()
)
