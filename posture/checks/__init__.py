"""What was seen comes in; findings go out: may this be measured, what should be better?"""
