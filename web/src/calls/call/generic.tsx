/** Whatever a profile's own schema holds: text, lists and tables; text is only ever text. */
import { heading } from "../reading.ts";
import { isFields, placeOf, plain, shapeOf, shown, type Fields } from "../values.ts";
import { Jump } from "./jump.tsx";

const DEEPEST = 6;

export function Generic({ value, name, depth = 0 }: { value: unknown; name: string; depth?: number }) {
  const shape = shapeOf(value);
  if (depth > DEEPEST) return <p>{plain(value)}</p>;
  switch (shape.is) {
    case "nothing":
      return <p class="quiet">Nothing was found.</p>;
    case "text":
      return <Paragraphs text={shape.text} />;
    case "list":
      return (
        <ul class="plain-list">
          {shape.items.map((item, at) => (
            <li key={at}>{item}</li>
          ))}
        </ul>
      );
    case "table":
      return <Table name={name} columns={shape.columns} rows={shape.rows} />;
    case "cards":
      return (
        <ul class="cards">
          {shape.items.map((item, at) => (
            <li key={at}>
              <Generic value={item} name={name} depth={depth + 1} />
            </li>
          ))}
        </ul>
      );
    case "fields":
      return <FieldList fields={shape.fields} depth={depth} />;
  }
}

export function Paragraphs({ text }: { text: string }) {
  return (
    <>
      {text
        .split(/\n+/)
        .filter(Boolean)
        .map((line, at) => (
          <p key={at}>{line}</p>
        ))}
    </>
  );
}

function FieldList({ fields, depth }: { fields: Fields; depth: number }) {
  return (
    <dl class="field-list">
      {shown(fields).map(([name, value]) => (
        <div key={name}>
          <dt>{heading(name)}</dt>
          <dd>
            <Generic value={value} name={name} depth={depth + 1} />
          </dd>
        </div>
      ))}
      <Place value={fields} />
    </dl>
  );
}

function Place({ value }: { value: unknown }) {
  const at = placeOf(value);
  if (at === null) return null;
  return (
    <div>
      <dt>When</dt>
      <dd>
        <Jump ms={at} />
      </dd>
    </div>
  );
}

function Table({
  name,
  columns,
  rows,
}: {
  name: string;
  columns: readonly string[];
  rows: readonly Fields[];
}) {
  const timed = rows.some((row) => placeOf(row) !== null);
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={`${heading(name)}, as a table`}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {heading(column)}
              </th>
            ))}
            {timed && <th scope="col">When</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {columns.map((column) => (
                <td key={column}>{plain(row[column])}</td>
              ))}
              {timed && <td>{isFields(row) && <PlaceCell row={row} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PlaceCell({ row }: { row: Fields }) {
  const at = placeOf(row);
  return at === null ? null : <Jump ms={at} />;
}
