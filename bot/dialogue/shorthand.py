"""Shorthand of everyday typing, folded: what a resident's “ko”, “dc”, “ubnd” stands for."""

_STANDS_FOR = """
khong: k ko kh hok hong khg hk
duoc: dc dk duok
gi: j
vay: z
roi: r
voi: vs
cung: cx
moi: ms
lam: lm
biet: bik bit
nguoi: ng
nguoi ta: ngta
moi nguoi: mn
minh: mk mik
noi chuyen: nc
nhu the nao: ntn
bao nhieu: bn
bao gio: bh
can bo: ad cb
cam on: tks thanks
dong y: ok oke okie
u: uk
nhung ma: nhma nma
vi du: vd
hom nay: hn
uy ban nhan dan: ubnd
uy ban: ub
hoi dong nhan dan: hdnd
mat tran to quoc: mttq
chu tich: ct
to dan pho: tdp
giai phong mat bang: gpmb
giay chung nhan: gcn
quyen su dung dat: qsdd
can cuoc cong dan: cccd
chung minh nhan dan: cmnd
cong an: ca
khieu nai to cao: knt
thu tuc hanh chinh: tthc
"""

_LINES = [line.partition(": ") for line in _STANDS_FOR.split("\n") if line]
SHORTHAND = {short: words for words, _, shorts in _LINES for short in shorts.split()}
"""Folded syllable → folded words. “hong” is also “hỏng” stripped, so it counts only where it was typed bare."""


def expanded(folded: str, typed: str) -> str:
    """The folded syllable, or what it stands for when it was typed without diacritics."""
    return SHORTHAND.get(folded, folded) if typed.lower() == folded else folded
