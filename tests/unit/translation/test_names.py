from __future__ import annotations

import pytest
from babel import Locale

from ipdocs.locale.conversion.converter import converter
from ipdocs.workspace import Workspace


def to_traditional(text: str) -> str:
    return converter("sc", "tc", Workspace()).convert(text)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("多谢余署长及余师傅", "多謝余署長及余師傅"),
        ("由于余院长外访，会议取消", "由於余院長外訪，會議取消"),
        ("关于余永辉先生的申请", "關於余永輝先生的申請"),
        ("选手余嘉欣夺标", "選手余嘉欣奪標"),
        ("教练于建华宣布名单", "教練于建華宣布名單"),
        ("邀请于晓文博士演讲", "邀請于曉文博士演講"),
        ("警方通缉于姓男子", "警方通緝于姓男子"),
        ("后先生与游女士", "后先生與游女士"),
        ("中环和安里及湾仔太平里", "中環和安里及灣仔太平里"),
        ("福兴里及泰和里已封闭", "福興里及泰和里已封閉"),
        ("署长余鹤龄及作家余凡到场", "署長余鶴齡及作家余凡到場"),
        ("由叶琳、余劲夫及导演评审", "由葉琳、余勁夫及導演評審"),
        ("联络人为于女士", "聯絡人為于女士"),
        ("会议由于慧敏教授主持", "會議由于慧敏教授主持"),
        ("欢迎于永杰出席，的于美珊说", "歡迎于永傑出席，的于美珊說"),
        ("副市长于谷丰率团访港", "副市長于谷豐率團訪港"),
        ("关长于廷邦到场视察", "關長于廷邦到場視察"),
        ("修正的钟立本议员及局长胡珮", "修正的鍾立本議員及局長胡珮"),
        ("还有余卓妍，王淑仪表示", "還有余卓妍，王淑儀表示"),
        ("就涂伯恩议员的动议", "就涂伯恩議員的動議"),
        ("车行东主游先生及游颖欣", "車行東主游先生及游穎欣"),
        ("校工余太太及职工余博士", "校工余太太及職工余博士"),
        ("典礼由于嘉怡主礼，剧本由于沛文先生编写", "典禮由于嘉怡主禮，劇本由于沛文先生編寫"),
        ("理财顾问于国华透露，主任于德明讲解", "理財顧問于國華透露，主任于德明講解"),
        ("船主钟又可及会长游沐要求赔偿", "船主鍾又可及會長游沐要求賠償"),
        ("村民于伯说，租客于婆婆表示", "村民于伯說，租客于婆婆表示"),
        ("任命余若安神父，回应于博士", "任命余若安神父，回應于博士"),
        ("请于议员提问，向于律师查询", "請于議員提問，向于律師查詢"),
        ("品酒师于可儿获奖，牧师于耀宗获派", "品酒師于可兒獲獎，牧師于耀宗獲派"),
    ],
)
def test_names_stay_after_verbs_and_persons(text: str, result: str) -> None:
    assert to_traditional(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("其余教授及多余文件", "其餘教授及多餘文件"),
        ("其余先生、剩余委员及业余教授", "其餘先生、剩餘委員及業餘教授"),
        ("请于主席离开前提问，让于委员会内讨论", "請於主席離開前提問，讓於委員會內討論"),
        ("由于学生代表反对，由于天气恶劣", "由於學生代表反對，由於天氣惡劣"),
        ("学生游览古迹，旅客游玩半日，老人钟爱粤剧", "學生遊覽古蹟，旅客遊玩半日，老人鍾愛粵劇"),
        ("长者于春节获赠棉被", "長者於春節獲贈棉被"),
        ("三百余家杰出公司", "三百餘家傑出公司"),
        ("队员于龙翔道集合", "隊員於龍翔道集合"),
        ("教练于国庆日退役", "教練於國慶日退役"),
        ("工程师于山坡勘察", "工程師於山坡勘察"),
        ("关于局长的任命及对于校长的安排", "關於局長的任命及對於校長的安排"),
        ("导游小姐及旅游局长", "導遊小姐及旅遊局長"),
        ("事后主席离席", "事後主席離席"),
        ("由于女士众多，对于教授的安排", "由於女士眾多，對於教授的安排"),
        ("会员余下的款项及余款", "會員餘下的款項及餘款"),
        ("村内有20余户，30余株和2 000余头的", "村內有20餘戶，30餘株和2 000餘頭的"),
        ("干劲、干冰及后勤的支援", "幹勁、乾冰及後勤的支援"),
        ("局长于电台表示，主席于回应时说", "局長於電台表示，主席於回應時說"),
        ("学生于永安居住，市民于宝琳等候", "學生於永安居住，市民於寶琳等候"),
        ("一小时三十分钟，金钟的钟声", "一小時三十分鐘，金鐘的鐘聲"),
        ("在学校图书馆里面，大学里没有", "在學校圖書館裏面，大學裏沒有"),
        ("导演游说赞助人，浓郁的香味", "導演游說贊助人，濃郁的香味"),
        ("湾仔球场里有人受伤", "灣仔球場裏有人受傷"),
    ],
)
def test_common_words_are_no_names(text: str, result: str) -> None:
    assert to_traditional(text) == result


def test_territories_have_their_names_in_hong_kong() -> None:
    simplified, traditional = (Locale.parse(name).territories for name in ("zh_Hans_HK", "zh_Hant_HK"))
    to_simplified = converter("tc", "sc", Workspace()).convert
    names = {traditional[code].replace("敘", "敍") for code in simplified if len(code) == 2}
    assert len(names) > 200
    assert [name for name in names if "/" not in name and to_traditional(to_simplified(name)) != name] == []


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("隨著計劃推行，看著名單，執著於名著", "随着计划推行，看着名单，执着于名著"),
        ("著名作家的著作，成績顯著", "著名作家的著作，成绩显著"),
        ("姪女徬徨，妳們報吿", "侄女彷徨，你们报告"),
        ("藉著活動，慰藉著心靈", "借着活动，慰藉着心灵"),
    ],
)
def test_forms_that_hong_kong_does_not_write_are_converted(text: str, result: str) -> None:
    assert converter("tc", "sc", Workspace()).convert(text) == result
