# Prints the top-level headings and quotes that kramdown finds, for the test beside this file.
#
# Standard input: for each text its length in bytes on a line, then the text.
# Standard output: for each text `h LEVEL LINE TITLE` and `q FIRST LAST` lines, then `.`.
require 'kramdown'
require 'kramdown-parser-gfm'

# Keeps a heading's source text and a quote's last line, which kramdown's tree has no place for.
class Kramdown::Parser::Probe < Kramdown::Parser::GFM
  def add_header(level, text, id)
    super
    @tree.children.last.options[:source] = text.dup
  end

  def parse_blockquote
    found = super
    # Asking the scanner for its line here would make it count a line break twice.
    if @tree.type == :root
      @tree.children.last.options[:last] = @src.string.byteslice(0, @src.pos).count("\n")
    end
    found
  end
end

TAG = /\{%-?\s*(\w+)(?:(?!\{%|%\}|\n[ \t\r\f\v]*\n).)*%\}/m

# What Jekyll leaves for kramdown, with every line in its place: comments and lines of tags alone
# become blank, highlighted code becomes the element Jekyll makes of it.
def without_liquid(text)
  out = +''
  at = 0
  while (m = TAG.match(text, at))
    out << text[at...m.begin(0)]
    tag = m[1]
    stop = { 'comment' => 'endcomment', 'highlight' => 'endhighlight', 'raw' => 'endraw' }[tag]
    close = stop && end_of(text, m.end(0), stop)
    if close && tag == 'highlight' && out[/[^\n]*\z/] =~ /\A {0,3}\z/
      body = text[m.end(0)...close.begin(0)].gsub('&', '&amp;').gsub('<', '&lt;').gsub('>', '&gt;')
      out << '<figure class="highlight"><pre><code>' << "\n" * m[0].count("\n") << body
      out << "\n" * close[0].count("\n") << '</code></pre></figure>'
      at = close.end(0)
    elsif close && tag == 'highlight'
      out << text[m.begin(0)...close.end(0)]
      at = close.end(0)
    elsif close && tag == 'comment'
      out << gone(text[m.begin(0)...close.end(0)])
      at = close.end(0)
    elsif close && tag == 'raw'
      out << gone(m[0]) << text[m.end(0)...close.begin(0)] << gone(close[0])
      at = close.end(0)
    else
      out << gone(m[0])
      at = m.end(0)
    end
  end
  out << text[at..-1]
  blank = out.lines.zip(text.lines)
  # A tag with text beside it stays as it is.
  blank.map { |left, line| left.delete(MARK) =~ /\A\s*\z/ || !left.include?(MARK) ? left.delete(MARK) : line }.join
end

MARK = "\u{f8ff}"

def gone(text)
  text.gsub(/[^\n]+/, MARK)
end

def end_of(text, at, name)
  while (m = TAG.match(text, at))
    return m if m[1] == name
    at = m.end(0)
  end
end

$stdin.binmode
$stdout.set_encoding('UTF-8')
while (length = $stdin.gets)
  text = $stdin.read(length.to_i).force_encoding('UTF-8').scrub
  # Only CRLF and LF end a line here.
  text = text.gsub("\r\n", "\n").tr("\r", ' ')
  begin
    options = { input: 'Probe', hard_wrap: false, auto_ids: true, entity_output: :as_char, guess_lang: true }
    root = Kramdown::Document.new(without_liquid(text), options).root
    root.children.each do |el|
      line = el.options[:location].to_i
      case el.type
      when :header then puts "h #{el.options[:level]} #{line} #{el.options[:source]}"
      when :blockquote then puts "q #{line} #{el.options[:last]}"
      end
    end
  rescue StandardError => e
    puts "! #{e.class} #{e.message.lines.first}"
  end
  puts '.'
end
