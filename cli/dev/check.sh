# shellcheck shell=bash disable=SC2034,SC2153
check_all() { die "not yet"; }
