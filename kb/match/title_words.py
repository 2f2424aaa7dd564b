"""Words of journals' titles and how ISO 4 abbreviates them.

Those that titles of psychology, medicine, criminology, law, the social
sciences and computing are made of, in English, German, French, Spanish and
some others; a word that is not here is written out. After each the number of
letters that stay, or where letters are left out within, those that stay.
"""


def _read(listed: str) -> dict[str, str]:
    pairs = (item.partition(":") for item in listed.split())
    return {word: word[: int(kept)] if kept.isdigit() else kept for word, _, kept in pairs}


STEMS = _read(
    """abnormal:6 academ:4 accident:5 adapt:5 addicti:6 administr:3 adolescen:7 advanc:3 affect:6 africa:3
    aggressi:7 agricultur:5 alcoholi:7 america:2 analys:4 analyt:4 anesthes:6 animal:4 annal:3 annu:4
    anthropolog:9 antiqu:5 applica:4 archaeolog:8 archiv:4 artifici:5 associ:5 astronom:6 astrophys:9
    atmospher:5 audiolog:6 australi:4 automat:5 aviation:5 bacteriolog:9 behavior:5 behaviour:5 belgi:4
    bewahr:6 biochem:7 biolog:4 biomedic:6 biometri:4 biophysi:7 biostatist:7 biotechnolog:10 botan:3
    brasil:4 brazil:4 bulletin:4 bundesgesundheitsblatt:19 cahier:3 canadi:3 cardiolog:7 cardiovasc:10
    cellula:4 central:4 chemic:4 chemist:4 ciencia:5 classifi:7 clinic:4 clinique:4 cognit:4 college:4
    communica:6 compara:4 complement:10 comput:6 conferen:4 consult:7 consum:6 contempor:7 control:7
    correction:7 cosmolog:6 counsel:5 criminal:4 criminalist:4 criminolog:8 critica:4 critici:4
    cryptograph:8 cultur:4 current:4 cyberneti:6 cyberpsycholog:12 dansk:3 decision:5 delinquen:6
    democra:6 demograph:6 denta:4 dentist:4 depress:7 dermatolog:8 design:3 detect:6 deutsche:dtsch
    develop:3 diagnos:5 digit:5 directi:3 disabilit:7 discover:6 discussi:7 disease:3 disorder:6
    disserta:4 distribu:7 dynamic:3 ecolog:4 econom:4 educa:4 electric:6 electroni:8 emotion:4 enceph:6
    endocrinolog:10 engineer:3 environment:7 epidemiolog:9 ergonom:5 espanol:3 estud:5 ethni:4
    ethnolog:6 europ:3 evaluat:4 evolut:4 exerc:5 experiment:3 exploit:7 famil:3 federa:3 femin:3
    fertili:6 financ:6 formati:4 foundation:5 franc:2 frontier:5 function:5 fundament:6 general:3
    genet:5 genomic:5 geograph:5 geolog:4 geophys:7 geriatri:7 german:3 gerontolog:8
    gesundheitsforsch:17 gesundheitswes:14 global:4 government:3 guid:4 gynecolog:7 hematolog:7 histor:4
    hospit:4 humanit:7 hypertensi:9 iberoamerican:7 immunolog:7 industr:3 infecti:6 innovati:5 inquir:3
    intelligenc:6 interdisciplin:11 internaci:3 internation:3 interven:6 investiga:8 itali:4
    jahresbericht:9 japan:jpn journalism:7 judicia:5 jugendpsychiatr:15 juridic:5 juvenile:3
    kinderpsycholog:13 kriminalvidensk:15 kriminolog:8 laborator:3 lakartidning:9 language:4
    laryngolog:8 latinoamerican:8 learn:5 legal:3 legislat:5 letter:4 librar:4 linguist:8 literat:3
    machin:4 magazin:3 magneti:4 manag:5 marital:7 market:4 matern:6 mathemat:4 measur:4 mechani:4
    medecin:3 medicin:3 medizin:3 memory:3 mental:4 metaboli:5 methodolog:8 microbiolog:9 militar:3
    mobilit:5 model:5 modell:5 modern:3 molecul:3 monitor:5 monograph:6 motiv:5 music:5 nacion:3
    national:natl natural:3 nederland:3 nephrolog:7 nervenheilkund:nervenheilkd neurolog:6
    neurophysiolog:12 neuropsychiatri:14 neuropsycholog:12 neuroscien:8 nordi:4 norsk:3 nuclear:4
    nutri:4 obstetri:6 occupation:5 oncolog:5 ophthalmolog:10 optic:3 optimiz:5 organisat:5 organiza:5
    orthopaedi:6 orthoped:6 osterreich:6 padagog:7 paediatri:8 paper:3 particle:4 patholog:6 pediatri:7
    penal:5 penolog:5 person:4 perspectiv:8 pharmacolog:9 philosoph:6 physica:4 physiolog:7 plasti:5
    polizeiwissensch:11 practi:5 predict:7 prevent:4 prison:6 probabilit:6 problem:5 process:7
    profession:4 protect:4 protocol:6 psichiatr:9 psicolog:6 psiquiatr:9 psychanaly:9 psychiatri:9
    psychoanal:10 psycholog:7 psychometr:7 psychopatholog:12 psychopharmacolog:15 psychosocial:9
    psychosomat:9 psychotherap:10 psykolog:6 publicat:4 qualit:4 quantit:5 radiolog:6 recherche:4
    rechtspsycholog:13 rechtswissenschaft:10 record:3 region:3 regulat:5 rehabilitat:7 reliab:6
    religio:5 reproduc:6 research:3 resource:6 respirat:6 review:3 revist:3 revue:3 ricer:3 rural:5
    russi:4 scandinavi:5 schizophren:9 school:3 schweizer:7 scienc:3 scient:3 secur:5 servic:4 sexolog:5
    sexual:3 societ:3 sociolog:6 sozialforsch:12 sozialwissensch:10 soziolog:6 special:4 spectroscop:9
    statist:4 strateg:7 structur:6 student:4 substanc:5 supplement:5 surgic:4 survey:4 svensk:4 sympos:4
    system:4 techni:4 technolog:7 telecommunication:10 theoret:5 therap:4 threat:6 tidskrift:6
    tidsskrift:7 tijdschrift:8 topic:3 transact:5 transcultur:9 translat:6 transport:6 traumatolog:9
    treatment:5 tropi:4 trust:5 universit:4 urolog:4 vascul:4 veterinar:3 victim:4 virolog:5 visual:3
    vocation:5 volksgezondheid:11 western:4 wissenschaft:4 work:4 zeitschrift:1 zoolog:4"""
)
"""Beginnings of words → their abbreviation, folded and without its point."""

WORDS = _read(
    """accounting:7 anales:2 applied:4 assessment:6 attention:5 beitrage:5 berichte:3 bioethics:6
    bioinformatics:9 blatter:2 british:2 business:3 canada:3 center:4 centre:4 childhood:5 children:5
    chinese:4 chronicle:5 civil:3 comprehensive:5 conflict:5 cybersecurity:10 dimension:6 eating:3
    emergency:5 empirical:5 english:4 evidence:4 forensische:6 forensischer:6 formal:4 forschung:6
    french:2 geestelijke:5 gender:4 geschichte:5 gesellschaft:3 gesundheit:7 giornale:1 handbook:5
    healthcare:7 housing:4 human:3 humans:3 illness:4 implementation:9 informatics:6 information:3
    institute:4 institution:4 intellectual:9 intelligent:6 interaction:8 interactive:8 internal:6
    interpersonal:9 jahrbuch:5 journal:1 judgment:5 jurisprudence:9 kindesmisshandlung:15 knowledge:5
    leadership:8 logic:3 longitudinal:8 maandblad:7 maltreatment:8 medical:3 medicale:3 medico:3
    mitteilungen:4 mobile:3 monatsschrift:10 morality:5 multimedia:8 multivariate:8 museum:3 nature:3
    neglect:4 nervous:4 netherlands:4 network:4 networking:4 networks:4 neurosurgery:9 norwegian:3
    nursing:4 obesity:4 pacific:3 parenting:6 perception:7 performance:7 physics:4 planetary:6
    planning:4 policing:5 polish:3 polizei:5 population:5 pragmatics:7 praxis:4 primary:4 privacy:4
    probation:6 proceedings:4 programming:7 progress:4 psychophysiology:13 psychosis:7 quarterly:1
    quebecoise:3 radiation:6 reading:4 rechtsmedizin:9 relations:5 relationship:relatsh
    relationships:relatsh report:3 reports:3 rivista:3 royal:1 safety:3 seksuologie:7 sensors:4
    simulation:5 social:3 software:5 spanish:4 strafrecht:6 studies:4 surgery:4 swedish:4 teaching:5
    telemedicine:7 toxicology:7 training:5 transfer:6 transplantation:10 traumatic:6 universidad:4
    verhandlungen:4 vernachlassigung:11 victimization:6 vierteljahresschrift:17 vierteljahrsschrift:16
    vision:3 welfare:4 wochenschrift:10 yearbook:5"""
)
"""Whole words → their abbreviation, folded and without its point."""

WHOLE = frozenset("""penal""".split())
"""Words that are written out, though they begin as others that are not."""
