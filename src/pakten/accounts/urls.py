from django.urls import path

from pakten.accounts.views import factors, people, saved_filters

app_name = "accounts"
urlpatterns = [
    path("mina-inloggningar/logga-ut-andra/", factors.close_others, name="close_others"),
    path("mina-inloggningar/losenord/", factors.change_password, name="change_password"),
    path("valj-losenord/<slug:uidb64>/<slug:token>/", people.choose_password, name="choose_password"),
    path("sparade-filter/", saved_filters.save, name="save_filter"),
    path("sparade-filter/<int:filter_id>/ta-bort/", saved_filters.delete, name="delete_filter"),
    path("konton/", people.accounts, name="list"),
    path("konton/nytt/", people.new, name="new"),
    path("konton/<int:user_id>/", people.account, name="account"),
    path("konton/<int:user_id>/roller/", people.change_roles, name="roles"),
    path("konton/<int:user_id>/stang/", people.close, name="close"),
    path("konton/<int:user_id>/oppna/", people.open_again, name="open"),
    path("konton/<int:user_id>/lank/", people.password_link, name="password_link"),
    path("konton/<int:user_id>/ny-inloggning/", people.remove_factors, name="remove_factors"),
]
