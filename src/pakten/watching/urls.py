"""The addresses of this area."""

from django.urls import path

from pakten.watching.views import halts, overview, recontrols, selftests

app_name = "watching"
urlpatterns = [
    path("bevakning/", overview.overview, name="overview"),
    path("bevakning/ordning/", overview.due, name="due"),
    path("bevakning/laget/", overview.members, name="members"),
    path("bevakning/vantar/", overview.waiting, name="waiting"),
    path("bevakning/omkontroller/", recontrols.recontrols, name="recontrols"),
    path("bevakning/omkontroller/<int:number>/", recontrols.recontrol, name="recontrol"),
    path("bevakning/omkontroller/<int:number>/inte-berorda/", recontrols.untouched, name="untouched"),
    path("bevakning/omkontroller/<int:number>/kvitto.json", recontrols.receipt_file, name="receipt_file"),
    path("bevakning/sjalvtest/", selftests.selftests, name="selftests"),
    path("bevakning/sjalvtest/gor/", selftests.make, name="make_selftest"),
    path("bevakning/sjalvtest/<int:number>/", selftests.selftest, name="selftest"),
    path("bevakning/stopp/", halts.press, name="press"),
    path("bevakning/slapp/", halts.release, name="release"),
]
