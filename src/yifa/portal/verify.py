"""文书核验: whoever holds a document learns from its code whether it was issued, and whether their file is it.

No log-in, nothing personal: title, number, organ, day, and whether hashes agree. An uploaded file is hashed piece by piece
and not kept.
"""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yifa.casework import public
from yifa.casework.matters import normal_code
from yifa.casework.world import SystemWorld

# Outcome of a comparison → what is said of it.
COMPARED = {
    True: ("same", "一致：您提交的文件与存档文书完全相同。"),
    False: ("differs", "不一致：您提交的文件与存档文书不同。打印后再扫描、另存、修改或者拍照的文件都会不一致，不说明文书是假的；请以扫码查得的信息核对。"),
}  # fmt: skip
NO_FILE = ("missing", "请选择要比对的PDF文件。")
TOO_LARGE = ("missing", "文件过大，不是本系统制发的文书。")


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """The form for a code typed by hand."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return render(request, "portal/verify.html", {"asked": False})
    code = normal_code(typed)
    if code:
        return HttpResponseRedirect(reverse("portal:verify", args=[code]))
    return render(
        request, "portal/verify.html", {"asked": False, "typed": typed[:40], "malformed": True}, status=400
    )


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of a document; after an upload, whether the file is the document."""
    found = public.find(code, SystemWorld())
    context = {"asked": True, "typed": normal_code(code) or code[:40], "found": found}
    if found is not None and request.method == "POST":
        context["compared"], context["verdict"] = _compare(found, request.FILES.get("file"))
    return render(request, "portal/verify.html", context, status=200 if found else 404)


def _compare(found: public.Public, file: object) -> tuple[str, str]:
    if not isinstance(file, UploadedFile):
        return NO_FILE
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        return TOO_LARGE
    return COMPARED[public.same(found, file.chunks())]
