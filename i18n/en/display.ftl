# The call display in the waiting room: numbers and counters, nothing else.

display-number = Number
display-go-to = Go to
display-welcome = Welcome
display-nobody = You see your number here when it is your turn.
display-waiting =
    { $count ->
        [one] { $count } waiting
       *[other] { $count } waiting
    }
display-old = This display is not up to date since { $time }. Ask at the reception.
display-starting = The display is starting.
