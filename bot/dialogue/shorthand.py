"""Shorthand of everyday typing, folded: what a resident's “ko”, “dc”, “ubnd” stands for."""

SHORTHAND = {
    "k": "khong", "ko": "khong", "kh": "khong", "hok": "khong", "hong": "khong", "khg": "khong", "hk": "khong",
    "dc": "duoc", "dk": "duoc", "duok": "duoc",
    "j": "gi", "z": "vay", "r": "roi", "vs": "voi", "cx": "cung", "ms": "moi", "lm": "lam", "bik": "biet", "bit": "biet",
    "ng": "nguoi", "ngta": "nguoi ta", "mn": "moi nguoi", "mk": "minh", "mik": "minh", "nc": "noi chuyen", "ntn": "nhu the nao",
    "bn": "bao nhieu", "bh": "bao gio", "ad": "can bo", "cb": "can bo", "tks": "cam on", "thanks": "cam on", "ok": "dong y",
    "oke": "dong y", "okie": "dong y", "uk": "u", "nhma": "nhung ma", "nma": "nhung ma", "vd": "vi du", "hn": "hom nay",
    "ubnd": "uy ban nhan dan", "ub": "uy ban", "hdnd": "hoi dong nhan dan", "mttq": "mat tran to quoc", "ct": "chu tich",
    "tdp": "to dan pho", "gpmb": "giai phong mat bang", "gcn": "giay chung nhan", "qsdd": "quyen su dung dat",
    "cccd": "can cuoc cong dan", "cmnd": "chung minh nhan dan", "ca": "cong an", "knt": "khieu nai to cao", "tthc": "thu tuc hanh chinh",
}  # fmt: skip
"""Folded syllable → folded words. “hong” stands out: also “hỏng”, so it is expanded only where typed bare."""


def expanded(folded: str, typed: str) -> str:
    """The folded syllable, or what it stands for when it was typed without diacritics."""
    return SHORTHAND.get(folded, folded) if typed.lower() == folded else folded
