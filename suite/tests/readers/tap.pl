# Reads a report by TAP::Parser, which comes with Perl. Versions of it before 3.48 know TAP 13 and no later one; 14 is
# 13 with fewer liberties, so what they are given says 13.
use strict;
use warnings;
use TAP::Parser;

local $/;
my $text = <STDIN>;
$text =~ s/\ATAP version 14\n/TAP version 13\n/ or die "it does not begin with its version\n";
my $parser = TAP::Parser->new({ tap => $text });
my $yaml = 0;
while (my $line = $parser->next) {
    die 'unknown: ' . $line->as_string . "\n" if $line->is_unknown;
    $yaml++ if $line->is_yaml;
}
die join("\n", $parser->parse_errors) . "\n" if $parser->parse_errors;
print join(' ', scalar $parser->tests_run, scalar $parser->failed, scalar $parser->skipped, $yaml), "\n";
