/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alphabets.c - the letters of each language in the order of their frequency. */
#include <config.h>

#include "format/alphabets.h"

#define WESTERN "WINDOWS-1252 ISO-8859-15 MACINTOSH IBM850"
#define CENTRAL "WINDOWS-1250 ISO-8859-2 IBM852 MAC-CENTRALEUROPE"
#define BALTIC "WINDOWS-1257 ISO-8859-13 ISO-8859-4"
#define NORDIC WESTERN " ISO-8859-10 ISO-8859-4"

const struct alphabet alphabets[] = {
    {WESTERN, "etaoinshrdlcumwfgypbvkjxqzéöüèñï", 0}, /* English */
    {WESTERN, "enisratdhulcgmobwfkzvüpäßjöyxqé", 0},  /* German */
    {WESTERN, "esaitnrulodcpmévqfbghjàxyèêzçôùâîœûwkëïæÿ", 0}, /* French */
    {WESTERN, "eaosrnidlctumpbgvyqóíháfézjñxúkwü", 0}, /* Spanish */
    {WESTERN, "aeosrindmutcplvgqbfãhçzéíájóêxúõâàôkwyü", 0}, /* Portuguese */
    {WESTERN, "eaionlrtscdupmvghfbqzèàùòìéjkwxyî", 0}, /* Italian */
    {WESTERN, "enatirodslghvkmubpwjczfxyëqéïöüèóáêç", 0}, /* Dutch */
    {NORDIC, "enirdtasoglmkfvubhpåøæyjcxzwqéü", 0},     /* Danish */
    {NORDIC, "erntsialdogkmfvupbhåjøycæwzxéqòôàü", 0},  /* Norwegian */
    {NORDIC, "aenrtsidlomgkvfhupäböåcjyxzwéqàü", 0},    /* Swedish */
    {NORDIC, "aintesloukämvrjhypdögbfcwåqxzšž", 0},     /* Finnish */
    {NORDIC, "arnieðstulgmkfvhdáþíjóobæöpéúyýxcqzw", 0}, /* Icelandic */
    {WESTERN, "eatsrilnodcumpvqbgfàéhxójèízòçúykwïü·", 0}, /* Catalan */
    {WESTERN " ISO-8859-14", "ahienrsctlodgmábuíféóúpvkjxqyzw", 0}, /* Irish */
    {WESTERN, "etiarnshëukjdomlpvgqyzbxfcçwé", 0},      /* Albanian */
    {"ISO-8859-14", "adeyrnlgiowhsftcmubpŵâŷôîjêûáëïöxzvkqé", 1}, /* Welsh */
    {BALTIC " WINDOWS-1252 ISO-8859-15", "aeistlunkdmrovhgjpäõüböfšžcyzxwqé",
     1}, /* Estonian */
    {BALTIC, "aistrenuoākmldpjvīzēcgbšļņūžķģfčhxwyq", 0}, /* Latvian */
    {BALTIC, "iasortenukmlpvdjgėbyžščūųįząęcfhwxq", 0},   /* Lithuanian */
    {CENTRAL, "aioeznrwsctykdpmjułlbgęhąóżśćfńźvxqéäöü", 0}, /* Polish */
    {CENTRAL, "oeantisvlrdkumpíchzyájběéřčžýšůgfúňxťóďwqö", 0}, /* Czech */
    {CENTRAL, "aoeintsrvlkdmupcházbjyéčíýšžúgťľfôňóäxďwĺŕqö", 0}, /* Slovak */
    {CENTRAL " ISO-8859-16", "eatlnskirzoágémydvbhjöuőfpcóüíúűxwqäç",
     0}, /* Hungarian */
    {CENTRAL " ISO-8859-16", "aeionrslvjtdkpmzubgčhšcžfćđyxwq", 0}, /* Slovene */
    {CENTRAL " ISO-8859-16", "aioenrjstuvkmdlpgzbčcšžhćfđyxwq", 0}, /* Croatian */
    {CENTRAL, "eiarntulcosdpmăţîşvfgbzâhjxkwyq", 0},      /* Romanian */
    {"ISO-8859-16", "eiarntulcosdpmățîșvfgbzâhjxkwyq", 0},
    {"WINDOWS-1254 ISO-8859-9", "aeinrlıdkmyutsboüşzgçhğvcöpfjâîwxqû",
     0}, /* Turkish */
    {"ISO-8859-3", "ailtnehrumsbdkjġħoqpfżwgxċzvàcyèìòù", 1}, /* Maltese */
    {"ISO-8859-3", "aieonlsrtkjudmpvgfbcĝĉŭzŝhĵĥqwxy", 1},   /* Esperanto */
    {"VISCII TCVN",
     "nhtciguaomàôđlráyvsbpdếạêkảưươệộấịờqủốxểớầìềâợắọứăừởúậụồãặùóòíéểĩữếũễẻỏ"
     "õèýỉằổỗẩẹẽỳỡẫỹỷẳẵỵ",
     1},
    {"WINDOWS-1258", "nhticaguoô\u0301\u0300đmlryv\u0323sbpdê\u0309kươqxâă"
                     "\u0303eàáèéóíùúf",
     1},
    {"WINDOWS-1251 KOI8-R IBM866 ISO-8859-5 MAC-CYRILLIC IBM855",
     "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", 0}, /* Russian */
    {"WINDOWS-1251 KOI8-U MAC-UK ISO-8859-5",
     "оанивітерсклудмпяьзгбчйхюжцшїфщєґ", 0}, /* Ukrainian */
    {"WINDOWS-1251 ISO-8859-5 IBM866 KOI8-RU", "аінеоыстрлкдвўупямзцбгьчэхёжшюйф",
     1}, /* Belarusian */
    {"WINDOWS-1251 ISO-8859-5 IBM866 MAC-CYRILLIC", "аиоентрсвлкдпмзубъягчщжцхйшюфь",
     0}, /* Bulgarian */
    {"WINDOWS-1251 ISO-8859-5 MAC-CYRILLIC IBM855",
     "аиоенрсјтукдвмлпгзбчцшжхњљћђфџ", 0}, /* Serbian */
    {"WINDOWS-1251 ISO-8859-5 MAC-CYRILLIC IBM855",
     "аоеинтрсвдклпмујзгбшчцжќхњѓфљџѕ", 1}, /* Macedonian */
    {"WINDOWS-1253 ISO-8859-7 CP737", "αοιετσνηυρπκμλωςίγόάδέήθχφύβώξζψϊϋΐΰ", 0},
    {"WINDOWS-1255 ISO-8859-8 IBM862", "יוהלארתבמשנדקעחכפםגטסצןזךףץ", 0},
    {"WINDOWS-1256 ISO-8859-6", "النيموتربةعدسفهكحقأجشصطخىإذزضثئغظءؤآ،؟", 0},
    {"WINDOWS-1256", "ایدرنهومتبسشلکزگخفعقجحآپچصطضژثغظذئءأؤي،؟", 1}, /* Persian */
    {"WINDOWS-874 TIS-620",
     "านรก่อเง้มยัลวดีทสิตะปบคหำแืจพไชขุูใถโ็ซ์ผธศณๆญฟึฉษภฐฝฮฆฎฬฏฌฤๅฺํ๎๊๋ฑฒฯฅ", 0},
};

const size_t alphabets_count = sizeof alphabets / sizeof alphabets[0];

/* Punctuation first, as it is the most frequent. */
#define HAN_BOTH \
    "，。、的一是不了在人有我他中大上到和子你地出道也年得就那要下以生自着" \
    "去之家可小心多天而能好都日于起成事只作想看文十用主行方又如前所本面公" \
    "同三已老定女力等最位因走四第次口使教西再平信北少加化由山五太水身些高" \
    "意把法此回二理美点月明其工全名正情色"
#define HAN_MAINLAND \
    "这来国个们为说时会过学对她里后么没还发当无开手头经动两长知民样现分将" \
    "外但与进实声话儿者向部问机给几很业间新什打便重被电门东政海真听气关并" \
    "内却代军产入先万市眼体别处总才场师书比住员九笑性通目华报立马命张活难" \
    "神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界" \
    "及今京务制解各任至清物台象记边共风战接它许八特觉望直服毛林题建南度统" \
    "字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花" \
    "快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深" \
    "区"
#define HAN_TAIWAN \
    "這來國個們為說時會過學對她裡後麼沒還發當無開手頭經動兩長知民樣現分將" \
    "外但與進實聲話兒者向部問機給幾很業間新什打便重被電門東政海真聽氣關並" \
    "內卻代軍產入先萬市眼體別處總才場師書比住員九笑性通目華報立馬命張活難" \
    "神數件安表原車白應路期叫死常提感金何更反合放做系計或司利受光王果親界" \
    "及今京務制解各任至清物台臺象記邊共風戰接它許八特覺望直服毛林題建南度" \
    "統字請交愛讓認算論百吃義科怎元社術結六功指思非流每青管夫連遠資隊跟帶" \
    "花快條院變聯言權往展該領傳近留紅治決周保達辦運武半候七必城父強步完革" \
    "深區於著灣"
#define KANJI \
    "、。「」ー日一人年大国本中出時行見月分後前生今何子会社事者上下気間学" \
    "校手思自家話私彼方所地東京新同女男長小高車道水山川田海外内言書読食飲" \
    "聞語名前先来金土火木入立力目口心体動物電通信用意味問題度回数第的化性" \
    "法政治経済産業世界文現実体最初全部員場明朝昼夜夕春夏秋冬天町村市店駅"
#define HANGUL \
    "이다는을의에가고하지도은를로한사있기으어나서시리자인대라정니해들만아" \
    "그과일것수보여부구스제전주장게했습요와면국상원안동모조연성공선생신우" \
    "비소경말않없되된때까더내당세지저트적입학교년월위진미무치된용방재결통" \
    "금오마물중오같려야르러였던또문데회관후계합화개실단명반영양업"

const struct common commons[] = {
    {"GB18030", HAN_BOTH, HAN_MAINLAND, 0},
    {"BIG5", HAN_BOTH, HAN_TAIWAN, 0},
    {"EUC-TW", HAN_BOTH, HAN_TAIWAN, 4},
    {"EUC-JP", KANJI, "", 0},
    {"WINDOWS-31J", KANJI, "", 0},
    {"UHC", HANGUL, "", 0},
};

const size_t commons_count = sizeof commons / sizeof commons[0];
