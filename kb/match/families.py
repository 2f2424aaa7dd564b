"""Family names that many bear, particles, and given names in short.

From the public statistics of names of many countries: what stands here tells
little of who somebody is.
"""

from kb.match.people import plain
from kb.match.words import listed

CROWDED = frozenset(
    plain(name)
    for name in listed(
        """wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie
    song tang han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu
    ding ren yao shen zhong cui tan fan fu gong hao hong hou jia jin kong lei liao long lv mao meng mo
    qian qin qiu shao shi wan wen xia xiong xue yan yin zou kim lee park choi jung jeong kang cho yoon
    jang lim chang chung shin oh seo kwon hwang ahn moon son bae baek nguyen tran le pham hoang phan vu
    vo dang bui do ngo duong ly singh kumar sharma gupta khan ali ahmed ahmad patel das shah hussain
    hossain rahman islam ho chan wong ng cheung chow lam lau leung yeung tsai hsu kuo hsieh lo chiu chou"""
    )
)
"""Family names that millions bear, and few given names tell apart in Latin letters."""

FREQUENT = frozenset(
    plain(name)
    for name in listed(
        """adams alexander allen anderson andrews armstrong arnold bailey baker barnes bell bennett black
    bowman boyd bradley brooks brown bryant burke burns butler campbell carlson carpenter carroll carter
    chapman clark clarke cohen cole coleman collins cook cooper cox crawford cruz cunningham curtis
    daniels davies davis dean dixon douglas duncan edwards elliott ellis evans ferguson fisher fleming
    fletcher ford foster fox francis franklin fraser freeman gardner george gibson gill gordon graham
    grant gray green greene griffin hall hamilton hansen hanson harper harris harrison hart harvey
    hawkins hayes henderson henry hicks hill holmes howard howell hudson hughes hunt hunter hussain
    jackson jacobs james jenkins jensen johnson johnston jones jordan joseph kaur kelly kennedy king
    knight lane larson lawrence lawson lewis lloyd lynch macdonald marshall martin mason matthews
    mccarthy mcdonald meyer miller mills mitchell moore morgan morris morrison murphy murray myers
    nelson newman nichols nicholson oconnor oliver olson owen owens palmer parker patterson payne
    perkins perry peters peterson phillips porter powell price ray reed reid reynolds rice richards
    richardson riley roberts robertson robinson rogers rose ross russell ryan sanders scott shaw simmons
    simpson smith snyder spencer stephens stevens stewart stone sullivan taylor thomas thompson thomson
    tucker turner wagner walker wallace walsh ward warren watkins watson weaver webb webster weiss wells
    west wheeler white wilkinson williams williamson willis wilson wood woods wright young bauer becker
    beck berger brandt braun fischer frank friedrich fuchs graf gross gunther haas hahn hartmann
    heinrich herrmann hermann hoffmann hofmann huber jager kaiser keller klein koch kohler konig kraus
    krause kruger kuhn kramer lang lange lehmann ludwig maier mayer meier mohr moller muller neumann
    otto pfeiffer richter roth sauer schafer scherer schmid schmidt schmitt schmitz schneider scholz
    schreiber schroder schubert schulte schultz schulz schulze schuster schwarz seidel simon sommer
    stein steiner thiel vogel vogt voigt weber werner winkler winter wolf wolff ziegler zimmermann
    garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez jimenez ruiz hernandez diaz
    moreno munoz alvarez romero alonso gutierrez navarro torres dominguez vazquez ramos ramirez serrano
    blanco molina morales suarez ortega delgado castro ortiz rubio marin sanz iglesias nunez medina
    garrido cortes castillo santos guerrero lozano cano prieto mendez flores herrera vargas reyes rivera
    silva souza sousa oliveira pereira ferreira costa rodrigues almeida alves ribeiro carvalho gomes
    martins lima araujo fernandes lopes marques mendes nunes pinto soares vieira teixeira moreira
    correia cardoso rocha dias bernard dubois durand leroy moreau laurent lefebvre michel bertrand roux
    david vincent fournier morel girard andre lefevre mercier dupont lambert bonnet francois martinez
    legrand garnier faure rousseau tremblay gagnon roy cote bouchard gauthier morin lavoie fortin gagne
    rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti deluca
    mancini costa giordano rizzo lombardi moretti andersson johansson karlsson nilsson eriksson larsson
    olsson persson svensson gustafsson pettersson jonsson jansson hansson bengtsson lindberg jakobsson
    lindstrom berg bergstrom lund lindqvist nielsen pedersen andersen christensen larsen sorensen
    rasmussen petersen madsen kristensen olsen thomsen christiansen johansen hansen karlsen johnsen
    eriksen haugen jacobsen korhonen virtanen makinen nieminen makela hamalainen dejong jansen devries
    vandenberg bakker vandijk visser smit meijer mulder peeters janssens maes jacobs mertens willems
    claes goossens wouters janssen nowak kowalski kowalska wisniewski kowalczyk kaminski lewandowski
    zielinski szymanski wozniak novak svoboda novotny horvat kovacs nagy szabo toth popescu popa ionescu
    ivanov ivanova petrov petrova smirnov smirnova kuznetsov popov sokolov sato suzuki takahashi tanaka
    watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura
    hayashi shimizu saito mori abe ikeda hashimoto ishikawa yilmaz kaya demir celik sahin hassan mohamed
    ibrahim abdullah hosseini mohammadi ahmadi levy levi friedman goldberg mizrahi kaplan katz schwartz
    mehta joshi rao reddy nair iyer chatterjee banerjee mukherjee arce avila bach beck bird blom blum
    bond bosch bose boyd busch bush byrd cain cano carr case cash cole cook costa dahl dale dean dunn
    ernst eze falk fitz frey gil good gray hale hein hess holm holt hood hope horn hull hunt hurt hyde
    kane kern kerr knox kuhn kunz lamb leal lenz leon lind love lowe luna lutz luz lyon mack maia mann
    marx mata mayo melo meza moen mora nash neal neff noll obi oduya ojo ott page pate paz peck pena
    pike pons pool rau reed reis rios rohr rojo roos rossi ruiz rush ruth sack sala sims snow soler sosa
    soto tate todd uhl unger vega vera vidal vik vila vogt wade wall ware wild wiley wise witt york zorn
    agarwal verma mishra pandey yadav fernando perera silva"""
    )
)
"""Family names that are frequent in their country: a given name makes them telling, an initial does not."""

PARTICLES = frozenset(
    listed(
        """van von der den de del della di da das do dos du la le zu zum zur ter ten te af av vom vander vande
    el al bin ibn"""
    )
)
"""Words before a family name that some write and others leave out."""

SUFFIXES = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "2nd": "2", "iii": "3", "3rd": "3",
    "iv": "4", "4th": "4",
}  # fmt: skip

_SHORT = """abby abigail / al albert alan alfred / alex alexander alexandra / andy andrew andreas / ann anna
    anne / barb barbara / ben benjamin / cate catherine / cath catherine / cathy catherine / charlie
    charles charlotte / chris christopher christian christine christina / cindy cynthia / dan daniel /
    danny daniel / dave david / deb deborah / debbie deborah / don donald / doug douglas / ed edward
    edwin / fred frederick / gabe gabriel / greg gregory / jack john / jan janet / jeff jeffrey jeffery
    / jen jennifer / jenny jennifer / jerry jerome / jess jessica / jim james / jo joanna joanne
    josephine / joe joseph / jon jonathan / josh joshua / kate katherine kathryn / kathy katherine
    kathleen kathryn / ken kenneth / kim kimberly kimberley / larry lawrence / len leonard / maggie
    margaret / matt matthew / max maximilian / meg margaret megan / mel melanie melissa / mike michael /
    nat nathaniel nathan natalie / nick nicholas nicolas / pam pamela / pat patrick patricia / pete
    peter / phil philip phillip / ray raymond / rick richard / rob robert / ron ronald / sam samuel
    samantha / sandy sandra / sara sarah / steve stephen steven / sue susan suzanne / ted theodore / tim
    timothy / tom thomas / val valerie / vicky victoria / will william / zoe zoey"""

SHORT = {
    short: frozenset(names)
    for short, *names in (line.split() for line in " ".join(_SHORT.split()).split(" / "))
}
"""Short given names → the names that they stand for."""
